"""ISHC Collect: the command line and the one import for notebooks."""
