"""Encrypted copies of a programme, made while it runs, and brought back on another machine."""
