"""Numbers on shapes."""
