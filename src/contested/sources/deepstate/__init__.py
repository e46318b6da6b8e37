"""DeepState's full map files: every status."""
