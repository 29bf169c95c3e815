"""What existed before the forms: clubs, people, loans, balances, villages, kinds of area."""
