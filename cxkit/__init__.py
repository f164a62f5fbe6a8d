"""cxkit: customer-journey mapping computed from evidence, reviewed by rules, reproduced to the byte."""

__version__ = "0.1.0"
