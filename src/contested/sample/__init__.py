"""Facts embedded in the package: settlements, outline."""
