"""How good the data are: findings, coverage, pulls, and what was left out."""
