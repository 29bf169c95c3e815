"""The codebook: every question of a form, who may see it, and where its answers lie."""

from forms.codebook.entries import Choice, Codebook, Entry
from forms.codebook.reading import read_codebook

__all__ = ["Choice", "Codebook", "Entry", "read_codebook"]
