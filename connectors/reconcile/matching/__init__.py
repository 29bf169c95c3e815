"""Who is who: what may be the same, what people decided about it, and what follows from that."""
