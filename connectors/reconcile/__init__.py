"""From submissions to registers, codes and findings."""
