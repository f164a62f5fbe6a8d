"""Timings, never asserted: `make bench` runs every module of this folder and prints what it measured, side by side in one run."""
