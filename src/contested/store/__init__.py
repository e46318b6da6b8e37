"""Bytes kept: the hash-chained ledger, the archive, derived files."""
