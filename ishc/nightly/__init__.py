"""The ordered night: its steps, its ledger, and what a person reads in the morning."""
