"""The ledger's schema, one numbered SQL file a version; the number is SQLite's `user_version`."""
