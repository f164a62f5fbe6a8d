"""What the generators of all demonstration clients share: drawing people, composing texts, writing files."""
