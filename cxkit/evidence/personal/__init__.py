"""Detectors of personal data in texts: each gives spans (start, end, kind)."""
