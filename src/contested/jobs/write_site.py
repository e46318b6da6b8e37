"""The page for people, written to disk: a folder or one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.render.site import single_file, site_files
from contested.store.files import make_folder, write_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from contested.render.site import Site


def write_folder(site: Site, folder: Path) -> dict[str, int]:
    """Write the files of a page into a folder, made if need be; return their sizes in bytes.

    Files of an earlier page are replaced one by one, each whole; others are left alone.

    Raises
    ------
    UsageError
        If the folder cannot be written.
    """
    make_folder(folder)
    files = site_files(site)
    for name, content in files.items():
        write_bytes(folder / name, content)
    return {name: len(content) for name, content in files.items()}


def write_single(site: Site, path: Path) -> int:
    """Write a page as one file; return its size in bytes."""
    content = single_file(site)
    write_bytes(path, content)
    return len(content)
