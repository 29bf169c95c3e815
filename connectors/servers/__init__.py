"""KoBoToolbox and what speaks its API, behind one contract."""
