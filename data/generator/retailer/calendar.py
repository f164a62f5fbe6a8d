"""The dates on which the stories hang."""

from datetime import datetime

START = datetime(2025, 5, 1)
END = datetime(2026, 4, 30, 23, 59)
NEW_CARRIER = datetime(2026, 2, 16)  # the home-delivery carrier changes: ratings fall
SELF_CHECKOUT = datetime(2026, 2, 18)  # self-service tills open: a touchpoint appears after the last map
