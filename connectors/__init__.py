"""Servers, the raw store, and the registers and findings made from submissions."""
