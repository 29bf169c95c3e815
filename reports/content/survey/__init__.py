"""The yearly survey: weighted estimates with margins, and how many answered."""
