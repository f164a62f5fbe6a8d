"""Deterministic generator of the demonstration clients; see ``data/README.md`` for the stories planted in them."""
