"""Runs: papermill over the notebooks of a client, staged, locked, hashed and told in a manifest."""
