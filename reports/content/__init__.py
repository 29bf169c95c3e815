"""What stands in the province evaluation: tables, charts and texts, made from figures."""
