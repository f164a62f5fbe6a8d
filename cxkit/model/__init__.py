"""The study's records: closed, frozen, with positions in their error messages."""
