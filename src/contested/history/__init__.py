"""Many maps to knowledge over time."""
