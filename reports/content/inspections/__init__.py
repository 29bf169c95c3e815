"""Inspections: one visit of a club, and a round of visits in an area."""
