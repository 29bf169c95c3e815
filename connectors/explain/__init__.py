"""Who said what of a club, when, and what became of it."""
