"""The award shortlist: rules in a workbook, points, ties, and what is not known."""
