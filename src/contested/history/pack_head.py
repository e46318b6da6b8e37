"""The head of a pack: what it says of itself, and whether it came whole."""

from __future__ import annotations

import struct
from hashlib import sha256
from typing import TYPE_CHECKING

import brotli
import msgspec

from contested.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMAT = 1
MAGIC = b"CONTESTED-PACK/1\n"
LOSSLESS = 7
"""Decimals of degrees that hold every vertex as the source drew it."""
FEWEST = 3
QUALITY = 11
"""Of Brotli."""

_NAME = MAGIC[: MAGIC.index(b"/") + 1]
_DIGEST = 32
_MOST = 100_000_000
LARGEST_SECTION = 1 << 28


class PackHead(msgspec.Struct):
    """What is said in JSON at the head of a pack.

    Attributes
    ----------
    unit
        Degrees of one step of the coordinates: 1e-7 is lossless.
    about
        What a reader must know beside the ground: whose it is, on what terms, who made the file.
    """

    source: str
    carries: list[str]
    words: list[str]
    unit: float
    counts: dict[str, int]
    sections: list[tuple[str, int]]
    about: dict[str, str] = {}


def assemble(head: PackHead, packed: Iterable[bytes]) -> bytes:
    """Return a pack from its head and its compressed sections."""
    said = brotli.compress(msgspec.json.encode(head), quality=QUALITY)
    whole = b"".join([MAGIC, struct.pack("<I", len(said)), said, *packed])
    return whole + sha256(whole).digest()


def read_sections(content: bytes) -> tuple[PackHead, dict[str, bytes]]:
    """Return the head of a pack and its sections, decompressed.

    Raises
    ------
    InputError
        If the bytes are not a pack, of another version, cut short or changed.
    """
    _check_whole(content)
    at = len(MAGIC) + 4
    try:
        (size,) = struct.unpack_from("<I", content, len(MAGIC))
        head = msgspec.json.decode(_plain(content[at : at + size]), type=PackHead)
        at += size
        sections = {}
        for name, length in head.sections:
            sections[name] = _plain(content[at : at + length])
            at += length
    except (struct.error, brotli.error, msgspec.MsgspecError, ValueError) as error:
        raise InputError(f"the pack is damaged: {error}") from None
    if any(not 0 <= count <= _MOST for count in head.counts.values()):
        raise InputError(f"the pack is damaged: it counts more than {_MOST:,} of something")
    return head, sections


def decimals_of(head: PackHead) -> int:
    """Return the decimals of degrees that a pack holds.

    Raises
    ------
    InputError
        If its unit is none that packs are written in.
    """
    for decimals in range(FEWEST, LOSSLESS + 1):
        if head.unit == float(f"1e-{decimals}"):
            return decimals
    raise InputError(f"the pack is damaged: coordinates in units of {head.unit:g} degrees")


def _plain(packed: bytes) -> bytes:
    """Decompress a section; one that claims to be enormous is not unpacked."""
    decompressor = brotli.Decompressor()
    plain = decompressor.process(packed, output_buffer_limit=LARGEST_SECTION)
    if not decompressor.is_finished():
        raise ValueError(f"a section ends too early, or unpacks to over {LARGEST_SECTION:,} bytes")
    return bytes(plain)


def _check_whole(content: bytes) -> None:
    """Refuse what is no pack, a pack of another version, and one that lost or changed a byte."""
    if not content.startswith(MAGIC):
        version, _, rest = content[len(_NAME) : len(_NAME) + 9].partition(b"\n")
        if content.startswith(_NAME) and version.isdigit() and rest:
            raise InputError(
                f"a pack of format {int(version)}, and this program reads format {FORMAT}: "
                "use the version of contested that wrote it, or a newer one"
            )
        raise InputError(f"not a pack: it does not begin with {MAGIC.decode().strip()}")
    if sha256(content[:-_DIGEST]).digest() != content[-_DIGEST:]:
        raise InputError(
            "the pack is cut short or damaged: its last 32 bytes are not the SHA-256 of the rest; "
            "copy it again"
        )
