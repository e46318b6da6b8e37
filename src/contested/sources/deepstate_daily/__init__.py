"""The public daily mirror of DeepState's map: controlled ground only."""
