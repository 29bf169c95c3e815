"""What a new version of a form does to data that phones have already sent."""
