"""Who holds what, when, and how we know."""

__version__ = "0.1.0"
