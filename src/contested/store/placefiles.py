"""Files of places as people have them: plain, gzipped, or zipped as GeoNames hands them out."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from contested.errors import PlaceFileError

if TYPE_CHECKING:
    from typing import IO

MOST_BYTES: Final = 1 << 29
"""512 MB unpacked: GeoNames' largest country is 100 MB, and a bomb has to stop somewhere."""

USER_FILE: Final = "places.sqlite"


def read_place_file(path: Path) -> bytes:
    """Return the content of a file of places, unpacked.

    Raises
    ------
    PlaceFileError
        If it cannot be read or unpacked, or is larger than `MOST_BYTES`.
    """
    try:
        if path.exists() and not path.is_file():
            raise PlaceFileError(str(path), ["is not a file"])
        if path.suffix.lower() == ".zip":
            return _from_zip(path)
        if path.suffix.lower() == ".gz":
            with gzip.open(path) as file:
                return _capped(file, path)
        with path.open("rb") as file:
            return _capped(file, path)
    except OSError as error:
        raise PlaceFileError(str(path), [f"cannot be read: {error.strerror or error}"]) from None
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise PlaceFileError(str(path), [f"cannot be unpacked: {error}"]) from None


def _from_zip(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        names = [
            name
            for name in archive.namelist()
            if name.lower().endswith((".txt", ".csv")) and "readme" not in name.lower()
        ]
        if len(names) != 1:
            found = ", ".join(names[:5]) or "none"
            raise PlaceFileError(str(path), [f"one .txt or .csv is wanted in it, found: {found}"])
        with archive.open(names[0]) as file:
            return _capped(file, path)


def _capped(file: IO[bytes] | gzip.GzipFile, path: Path) -> bytes:
    out = io.BytesIO()
    while block := file.read(1 << 20):
        out.write(block)
        if out.tell() > MOST_BYTES:
            raise PlaceFileError(str(path), [f"it unpacks to more than {MOST_BYTES >> 20} MB"])
    return out.getvalue()


def user_gazetteer(book: Path | None) -> Path:
    """Return where added places are kept: in the book, or in the user's own data folder."""
    if book is not None:
        return book / "derived" / USER_FILE
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "contested" / USER_FILE
