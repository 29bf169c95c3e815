"""What every room needs: settings, problems, areas, numbers and text, the SQL guard, Word."""

import programme.memory  # noqa: F401 - before anything loads Arrow
