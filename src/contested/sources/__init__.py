"""Bytes in: one folder a source; sources do not know each other."""
