"""What every room needs: settings, problems, areas, numbers and text, the SQL guard, Word."""
