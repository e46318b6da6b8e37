"""How much a foreign file may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on foreign files. The largest real map file has 1 MB and takes 0.1 s to read.

    Attributes
    ----------
    file_bytes
        A file, or a member of an archive, above this is not read at all.
    archive_bytes
        What an archive may unpack to in all; it is streamed, never unpacked to the disk.
    window_bytes
        Memory that unpacking may take.
    memory_bytes
        Address space of the process that reads.
    cpu_seconds
        Processor time for one file.
    """

    file_bytes: int = 64 * MIB
    archive_bytes: int = 8192 * MIB
    window_bytes: int = 128 * MIB
    memory_bytes: int = 1024 * MIB
    cpu_seconds: int = 30
