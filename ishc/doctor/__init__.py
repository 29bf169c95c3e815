"""What is wrong with an installation, a programme, a server, and what to do about it."""
