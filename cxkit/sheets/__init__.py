"""Deliverables: views of results. Nothing is computed here."""
