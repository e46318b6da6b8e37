"""The version, once: the package's metadata and `--version` read it here."""

__version__ = "0.1.0"
