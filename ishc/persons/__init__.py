"""The commands of ``ishc person``, one a module."""
