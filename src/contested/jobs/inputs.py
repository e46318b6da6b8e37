"""Files, folders, globs and archives that a person names, as map files in order of publication."""

from __future__ import annotations

import glob
import os
import stat
import tarfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import zstandard

from contested.errors import MapFileError, UsageError
from contested.jobs.limits import MIB

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from contested.jobs.limits import Limits
    from contested.sources.parsers import MapParser

ARCHIVE_SUFFIX = ".tar.zst"
_LARGEST_TAR_HEADER = MIB
_NAME_HEADERS = {
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.GNUTYPE_SPARSE,
}


@dataclass(frozen=True, slots=True)
class MapFile:
    """A file to be read.

    Attributes
    ----------
    name
        Its base name, which carries its date.
    label
        How to name it to the person who gave it.
    content
        Returns its bytes; raises `MapFileError` where it cannot be read. A member of an archive
        must be read before the next one is asked for.
    """

    name: str
    label: str
    content: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that was not taken in, and the one line that says why."""

    file: str
    message: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the paths stand for.

    Attributes
    ----------
    files
        Loose files in order of publication.
    archives
        Archives in the order in which they were named, and whether a person named them (or the
        folder they lie in); their members come in their own order.
    failed
        Paths that stand for nothing usable.
    """

    files: tuple[MapFile, ...]
    archives: tuple[tuple[Path, bool], ...]
    failed: tuple[FailedFile, ...]


def find_inputs(paths: Iterable[str | Path], parser: MapParser, limits: Limits) -> Inputs:
    """Return what the paths stand for.

    In folders (searched with their subfolders) only files whose names have the source's form are
    taken; a file that is named itself must have it.

    Raises
    ------
    UsageError
        If no path is given.
    """
    given = [one for path in paths for one in _expand(path)]
    if not given:
        raise UsageError("no file given: name map files, folders or .tar.zst archives")
    files: dict[Path, MapFile] = {}
    archives: dict[Path, bool] = {}
    failed: list[FailedFile] = []
    for path in given:
        try:
            for file in _files_of(path, parser):
                if file.name.endswith(ARCHIVE_SUFFIX):
                    archives[file] = archives.get(file, False) or file == path
                else:
                    content = partial(_read_file, file, limits)
                    files.setdefault(file.resolve(), MapFile(file.name, str(file), content))
        except MapFileError as error:
            failed.append(FailedFile(str(path), str(error)))
    ordered = sorted(files.values(), key=lambda f: (parser.dates(f.name)[1], f.label))
    return Inputs(tuple(ordered), tuple(archives.items()), tuple(failed))


def _expand(path: str | Path) -> list[Path]:
    """Return the paths that a glob stands for; one that is no glob stands for itself."""
    text = str(path)
    if not os.path.lexists(text) and glob.has_magic(text):
        # Path.glob wants a fixed base and a pattern; a person gives one string.
        found_all = sorted(glob.glob(text, recursive=True))  # noqa: PTH207
        return [Path(found) for found in found_all] or [Path(text)]
    return [Path(text)]


def _files_of(path: Path, parser: MapParser) -> list[Path]:
    """Return the files that a path stands for, each with a name of the source's form."""
    if path.is_dir():
        found = [Path(folder, name) for folder, _, names in os.walk(path) for name in names]
        fitting = [file for file in found if _is_wanted(file.name, parser) and file.is_file()]
        if not fitting:
            raise MapFileError(
                str(path),
                f"the folder holds no map files of {parser.SOURCE} ({len(found)} other files)",
            )
        return sorted(fitting)
    if not os.path.lexists(path):
        raise MapFileError(str(path), "there is no such file")
    if not path.name.endswith(ARCHIVE_SUFFIX):
        _refuse_packed(path)
        parser.dates(path.name)
    return [path]


def map_files(folder: Path, parser: MapParser, limits: Limits) -> list[Path]:
    """Return the map files in a folder and its subfolders, and the archives that hold some."""
    found = [Path(base, name) for base, _, names in os.walk(folder) for name in names]
    wanted = sorted(file for file in found if _is_wanted(file.name, parser) and file.is_file())
    return [file for file in wanted if _holds_maps(file, parser, limits)]


def _holds_maps(file: Path, parser: MapParser, limits: Limits) -> bool:
    if not file.name.endswith(ARCHIVE_SUFFIX):
        return True
    inside = archive_files(file, parser, limits, is_named=False)
    return any(isinstance(one, MapFile) for one in inside)


def _is_wanted(name: str, parser: MapParser) -> bool:
    if name.endswith(ARCHIVE_SUFFIX):
        return True
    try:
        parser.dates(name)
    except MapFileError:
        return False
    return True


def _refuse_packed(path: Path) -> None:
    if path.suffix in {".zip", ".tar", ".gz", ".tgz", ".zst", ".xz", ".bz2", ".7z", ".rar"}:
        raise MapFileError(
            str(path), f"{path.suffix} files are not opened; unpack it, or pack it as .tar.zst"
        )


def _read_file(file: Path, limits: Limits) -> bytes:
    """Return the bytes of a regular file that is not too large."""
    try:
        # Without O_NONBLOCK a named pipe would wait for somebody to write into it.
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as opened:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise MapFileError(str(file), "is not a regular file")
            _refuse_large(str(file), status.st_size, limits)
            content = opened.read(limits.file_bytes + 1)
    except OSError as error:
        raise MapFileError(str(file), f"cannot be read: {error.strerror or error}") from None
    _refuse_large(str(file), len(content), limits)  # it may have grown meanwhile
    return content


def _refuse_large(label: str, size: int, limits: Limits) -> None:
    if size > limits.file_bytes:
        raise MapFileError(
            label,
            f"has {size / MIB:,.0f} MiB, more than the {limits.file_bytes / MIB:,.0f} MiB that a "
            "map file may have; not read",
        )


class ArchiveEnd(Exception):  # noqa: N818 (not an error of the person, an end of the reading)
    """An archive asks for more than it may."""


_BROKEN = (zstandard.ZstdError, tarfile.TarError, EOFError, ArchiveEnd, ValueError)
"""What reading a damaged or hostile archive raises."""


class _CappedStream:
    """A stream that ends with an error after so many bytes."""

    def __init__(self, stream: Any, limits: Limits) -> None:
        self._stream = stream
        self._left = limits.archive_bytes
        self._cap = limits.archive_bytes
        self._last = b""

    def read(self, size: int) -> bytes:
        """Read as a file does."""
        chunk: bytes = self._stream.read(size)
        self._last = chunk or self._last
        self._left -= len(chunk)
        if self._left < 0:
            raise ArchiveEnd(f"unpacks to more than {self._cap / MIB:,.0f} MiB; not read on")
        return chunk

    def check_end(self) -> None:
        """Raise unless the end mark of a tar archive was read: `tarfile` does not mind."""
        if not self._last.endswith(bytes(tarfile.BLOCKSIZE)):
            raise ArchiveEnd("ends in the middle: the archive is cut short")


class _CappedTarInfo(tarfile.TarInfo):
    """A tar header whose extensions (long names and the like) stay small."""

    def _proc_member(self, archive: tarfile.TarFile) -> Any:
        # tarfile reads the whole of such an extension into memory, whatever size it claims.
        if self.type in _NAME_HEADERS and self.size > _LARGEST_TAR_HEADER:
            raise ArchiveEnd(f"has a header of {self.size / MIB:,.0f} MiB; not read on")
        return super()._proc_member(archive)  # type: ignore[misc]


def archive_files(
    archive: Path, parser: MapParser, limits: Limits, *, is_named: bool = True
) -> Iterator[MapFile | FailedFile]:
    """Yield the map files of a ``.tar.zst``, streamed: nothing is unpacked to the disk.

    Members whose names do not have the source's form are passed over. Members that are links or
    devices, that are too large or whose path leads out of the archive are refused one by one.
    That an archive holds nothing of the source is a fault where a person named it, not where it
    lies in a folder that was named.
    """
    count = 0
    try:
        with archive.open("rb") as packed:
            decompressor = zstandard.ZstdDecompressor(max_window_size=limits.window_bytes)
            stream = _CappedStream(
                decompressor.stream_reader(packed, read_across_frames=True), limits
            )
            with tarfile.open(fileobj=stream, mode="r|", tarinfo=_CappedTarInfo) as members:  # type: ignore[call-overload]
                for member in members:
                    if (file := _member(archive, members, member, parser, limits)) is not None:
                        count += 1
                        yield file
                    members.members = []  # tarfile keeps every header it has seen
            stream.check_end()
    except OSError as error:
        yield _broken(archive, count, f"cannot be read: {error.strerror or error}")
    except _BROKEN as error:
        yield _broken(archive, count, str(error) or "is damaged")
    else:
        if is_named and not count:
            yield _broken(archive, count, f"holds no map files of {parser.SOURCE}")


def _broken(archive: Path, count: int, problem: str) -> FailedFile:
    before = f" (after {count} map files)" if count else ""
    return FailedFile(str(archive), str(MapFileError(str(archive), problem + before)))


def _member(
    archive: Path,
    members: tarfile.TarFile,
    member: tarfile.TarInfo,
    parser: MapParser,
    limits: Limits,
) -> MapFile | FailedFile | None:
    """Return one member as a map file, as a refusal, or nothing where it is not meant."""
    path, label = PurePosixPath(member.name), f"{archive}/{member.name}"
    if member.isdir() or not _is_wanted(path.name, parser) or path.name.endswith(ARCHIVE_SUFFIX):
        return None
    if path.is_absolute() or ".." in path.parts or "\\" in member.name:
        return FailedFile(label, f"{label}: its path leads out of the archive; refused")
    if not member.isreg() or member.issparse():
        return FailedFile(label, f"{label}: is not a regular file (a link, say); refused")
    if member.size > limits.file_bytes:
        try:
            _refuse_large(label, member.size, limits)
        except MapFileError as error:
            return FailedFile(label, str(error))
    return MapFile(path.name, label, partial(_read_member, members, member, label))


def _read_member(members: tarfile.TarFile, member: tarfile.TarInfo, label: str) -> bytes:
    try:
        opened = members.extractfile(member)
        content = b"" if opened is None else opened.read()
    except _BROKEN as error:
        raise MapFileError(label, f"cannot be unpacked: {error or 'is damaged'}") from None
    if len(content) != member.size:
        raise MapFileError(label, "ends in the middle: the archive is cut short")
    return content
