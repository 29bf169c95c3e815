"""What was pulled, as it came, and as typed tables."""
