"""What a machine needs to run the night by itself: a timer, a cron line or a Windows task."""
