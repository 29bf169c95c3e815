"""Who may collect with which phone: app users of ODK Central, by area."""
