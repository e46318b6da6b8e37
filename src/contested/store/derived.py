"""Derived files: made from the archive, swapped in whole, thrown away without loss."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from contested.errors import BookDamagedError, BookError
from contested.store.areas_file import pack_areas, unpack_areas
from contested.store.disk import UNFINISHED, errors_in_words, write_whole
from contested.store.series_file import pack_series, unpack_series

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from contested.history.series import ControlSeries


class Derived:
    """The folder of derived files of a book; it may be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def series_file(self, source: str) -> Path:
        """Return the file of a source's series, whether it exists or not."""
        return self.folder / f"series-{source}.npz.zst"

    def series(self, source: str) -> tuple[ControlSeries, str] | None:
        """Return a source's series and its key; `None` where there is no usable file.

        A derived file that cannot be read is worth nothing and is made again.
        """
        try:
            return unpack_series(self.series_file(source).read_bytes())
        except (OSError, BookDamagedError):
            return None

    def keep_series(self, series: ControlSeries, key: str) -> Path:
        """Swap in a series; readers see the old file or the new one, never half of it.

        Raises
        ------
        BookError
            If the folder cannot be written to.
        """
        with errors_in_words(self.folder):
            self.folder.mkdir(exist_ok=True)
        file = self.series_file(series.source)
        write_whole(file, pack_series(series, key))
        return file

    def areas_file(self, source: str) -> Path:
        """Return the file of the areas of a source's maps, whether it exists or not."""
        return self.folder / f"areas-{source}.zst"

    def areas(self, source: str, key: str, snapshots: int) -> NDArray[np.int64] | None:
        """Return the kept areas of all maps, square centimetres, shape (snapshots, 7).

        `None` where none are kept under this key.

        Raises
        ------
        BookDamagedError
            If there is a file and it is damaged: what is asked for has to be measured anew.
        """
        try:
            packed = self.areas_file(source).read_bytes()
        except OSError:
            return None
        return unpack_areas(packed, key, snapshots)

    def keep_areas(self, source: str, areas: NDArray[np.int64], key: str) -> None:
        """Swap in the areas of all maps.

        Raises
        ------
        BookError
            If the folder cannot be written to.
        """
        with errors_in_words(self.folder):
            self.folder.mkdir(exist_ok=True)
        write_whole(self.areas_file(source), pack_areas(areas, key))

    def kept(self, name: str, key: str) -> bytes | None:
        """Return what is kept under a name, if it was made from the inputs that the key names."""
        try:
            content = (self.folder / name).read_bytes()
        except OSError:
            return None
        head, _, body = content.partition(b"\n")
        return body if head == key.encode() else None

    def keep(self, name: str, key: str, content: bytes) -> None:
        """Keep what can be made again, where the book can be written to; never an error."""
        with suppress(BookError):
            with errors_in_words(self.folder):
                self.folder.mkdir(exist_ok=True)
            write_whole(self.folder / name, key.encode() + b"\n" + content)

    def unfinished(self) -> list[Path]:
        """Return files that a killed writer left half-written."""
        return sorted(self.folder.glob(f"{UNFINISHED}*"))

    def clear_unfinished(self) -> None:
        """Throw away what a killed writer left."""
        for file in self.unfinished():
            file.unlink(missing_ok=True)
