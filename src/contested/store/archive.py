"""The archive: every file that was ever read, by the SHA-256 of its bytes, never changed.

One file a blob. Map files of a source repeat nearly all of their bytes, so a blob is kept as a
zstd frame that refers to the bytes before it (its *base*); after `CHAIN` such steps comes a frame
that stands alone. A blob starts with a skippable zstd frame that names the blob's own hash, its
base and its depth: the archive can be restored without the ledger, and with the stock `zstd`
program (``zstd -d`` for depth 0, ``zstd -d --patch-from=BASE`` for the others).
"""

from __future__ import annotations

import json
import struct
from collections import OrderedDict
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import zstandard

from contested.errors import BookDamagedError, BookError
from contested.store.disk import UNFINISHED, errors_in_words, sync_folder, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHAIN = 64
"""A blob of depth 0 stands alone; the depth is always lower than this."""

LEVEL = 3
"""zstd level. With the bytes before as dictionary, level 7 saves 11 % more and costs half again."""

_MAGIC = 0x184D2A5C
"""One of the sixteen magic numbers of skippable zstd frames (RFC 8878, 3.1.2)."""

_LARGEST_HEAD = 4096
_CACHED_BLOBS = 2
_SUFFIX = ".zst"


@dataclass(frozen=True, slots=True)
class BlobHead:
    """What a blob says about itself.

    Attributes
    ----------
    sha256, size
        Of the bytes it restores to.
    base
        Hash of the blob whose bytes are its dictionary; `None` where it stands alone.
    depth
        Number of blobs to restore before this one.
    """

    sha256: str
    size: int
    base: str | None = None
    depth: int = 0
    version: int = 1


class Archive:
    """The blobs of a book.

    Parameters
    ----------
    folder
        Exists already.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._recent: OrderedDict[str, bytes] = OrderedDict()

    def put(self, content: bytes, base: str | None = None) -> str:
        """Keep bytes and return their hash; when it returns they are on the disk.

        Bytes that are held already are not written again, unless the file on the disk does not
        restore to them (a crash can leave a blob without its base).

        Parameters
        ----------
        base
            Hash of a held blob that the bytes probably resemble.

        Raises
        ------
        BookFullError
            If the disk is full. No trace is left of the blob.
        """
        name = sha256(content).hexdigest()
        if name in self and self._restores(name):
            return name
        head = self._head_for(name, content, base)
        frame = _compress(content, None if head.base is None else self.get(head.base))
        self._make_shard(name)
        write_whole(self.path(name), _pack_head(head) + frame)
        self._remember(name, content)
        return name

    def get(self, name: str) -> bytes:
        """Restore the bytes of a hash.

        Raises
        ------
        BookDamagedError
            If the blob, or one that it is based on, is missing or does not restore.
        """
        if (held := self._recent.get(name)) is not None:
            self._recent.move_to_end(name)
            return held
        content: bytes | None = None
        for link in reversed(self._chain(name)):
            content = self._recent.get(link.sha256) or self._restore(link, content)
        if content is None:
            raise BookDamagedError(f"the archive cannot restore {name}")
        self._remember(name, content)
        return content

    def head(self, name: str) -> BlobHead:
        """Return what a blob says about itself.

        Raises
        ------
        BookDamagedError
            If there is no such blob or it does not begin with a head.
        """
        return self._open(name)[0]

    def names(self) -> Iterator[str]:
        """Yield the hash of every blob, in the order of the hashes."""
        for file in sorted(self.folder.glob(f"??/*{_SUFFIX}")):
            if not file.name.startswith(UNFINISHED):
                yield file.name.removesuffix(_SUFFIX)

    def unfinished(self) -> list[Path]:
        """Return files that a killed writer left half-written."""
        return sorted(self.folder.glob(f"??/{UNFINISHED}*"))

    def path(self, name: str) -> Path:
        """Return the file of a hash, whether it exists or not."""
        return self.folder / name[:2] / f"{name}{_SUFFIX}"

    def forget(self) -> None:
        """Drop the bytes kept in memory, so that the next `get` reads the disk."""
        self._recent.clear()

    def __contains__(self, name: str) -> bool:
        return self.path(name).exists()

    def _restores(self, name: str) -> bool:
        try:
            self.get(name)
        except BookDamagedError:
            return False
        return True

    def _head_for(self, name: str, content: bytes, base: str | None) -> BlobHead:
        if base is not None and base != name and content:
            depth = self.head(base).depth + 1
            if depth < CHAIN:
                return BlobHead(name, len(content), base, depth)
        return BlobHead(name, len(content))

    def _chain(self, name: str) -> list[BlobHead]:
        """Return the heads from a blob back to the first whose bytes are at hand."""
        links = [self.head(name)]
        while (base := links[-1].base) is not None and links[-1].sha256 not in self._recent:
            links.append(self.head(base))
            if links[-1].depth != links[-2].depth - 1:  # a forged loop would never end
                raise BookDamagedError(f"{self.path(name)}: its chain of bases is broken")
        return links

    def _restore(self, head: BlobHead, base: bytes | None) -> bytes:
        _, frame = self._open(head.sha256)
        try:
            content = _decompressor(base).decompress(frame, max_output_size=head.size)
        except (zstandard.ZstdError, MemoryError) as error:
            raise BookDamagedError(
                f"{self.path(head.sha256)}: the blob cannot be unpacked ({error})"
            ) from None
        if len(content) != head.size or sha256(content).hexdigest() != head.sha256:
            raise BookDamagedError(f"{self.path(head.sha256)}: the bytes do not match their hash")
        return content

    def _open(self, name: str) -> tuple[BlobHead, bytes]:
        file = self.path(name)
        try:
            packed = file.read_bytes()
        except FileNotFoundError:
            raise BookDamagedError(f"{file}: the blob is missing from the archive") from None
        except OSError as error:
            raise BookError(f"{file}: {error.strerror or error}") from None
        head, frame = _unpack_head(packed, file)
        if head.sha256 != name:
            raise BookDamagedError(f"{file}: the blob is that of {head.sha256}")
        return head, frame

    def _make_shard(self, name: str) -> None:
        shard = self.path(name).parent
        if not shard.is_dir():
            with errors_in_words(shard):
                shard.mkdir(exist_ok=True)
                sync_folder(self.folder)

    def _remember(self, name: str, content: bytes) -> None:
        self._recent[name] = content
        self._recent.move_to_end(name)
        while len(self._recent) > _CACHED_BLOBS:
            self._recent.popitem(last=False)

    def clear_unfinished(self) -> None:
        """Throw away what a killed writer left; only for who holds the book's lock."""
        for file in self.unfinished():
            file.unlink(missing_ok=True)


def _compress(content: bytes, base: bytes | None) -> bytes:
    parameters = zstandard.ZstdCompressionParameters.from_level(
        LEVEL, source_size=len(content), dict_size=len(base or b""), write_checksum=True
    )
    return zstandard.ZstdCompressor(
        compression_params=parameters, dict_data=_dictionary(base)
    ).compress(content)


def _decompressor(base: bytes | None) -> zstandard.ZstdDecompressor:
    return zstandard.ZstdDecompressor(dict_data=_dictionary(base))


def _dictionary(base: bytes | None) -> zstandard.ZstdCompressionDict | None:
    if not base:
        return None
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _pack_head(head: BlobHead) -> bytes:
    text = json.dumps(asdict(head), sort_keys=True, separators=(",", ":")).encode()
    return struct.pack("<II", _MAGIC, len(text)) + text


def _unpack_head(packed: bytes, file: Path) -> tuple[BlobHead, bytes]:
    """Split a blob into its head and its zstd frame."""
    try:
        magic, length = struct.unpack_from("<II", packed)
        if magic != _MAGIC or length > _LARGEST_HEAD:
            raise BookDamagedError(f"{file}: is not a blob of the archive")
        head = BlobHead(**json.loads(packed[8 : 8 + length]))
    except (struct.error, ValueError, TypeError):
        raise BookDamagedError(f"{file}: the head of the blob is damaged") from None
    return head, packed[8 + length :]
