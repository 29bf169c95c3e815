"""What is held on one person: found, given out, corrected, erased."""
