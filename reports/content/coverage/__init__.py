"""Where there is no club yet: communes by kind of area, villages where they are known."""
