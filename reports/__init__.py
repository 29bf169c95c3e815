"""From registers to indicators, ratings and Word reports."""
