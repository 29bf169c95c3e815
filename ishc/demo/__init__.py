"""The demo: synthetic club histories, filled by the engine of ODK Collect, run end to end."""
