"""Training: who was trained where, in what, at what cost."""
