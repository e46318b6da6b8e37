"""Bytes out: pages, maps, tables, files. Pure: a renderer returns bytes or text."""
