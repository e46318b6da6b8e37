"""The process that reads foreign bytes: ``python -m contested.jobs.read_child SOURCE MEM CPU``.

It is given bytes and answers with a map or a refusal. It may write next to nothing, and memory and
processor time are capped by the kernel: a file that asks for more costs this process, nothing
else.
"""

from __future__ import annotations

import os
import resource
import sys
from contextlib import suppress
from typing import IO

import msgspec

from contested.errors import MapFileError, UnknownStatusError
from contested.jobs.limits import MIB
from contested.jobs.wire import ReadMap, ReadRequest, Refusal, receive, send, to_wire
from contested.sources.parsers import MapParser, map_parser

_LAST_WORDS_BYTES = 1 << 16
"""No file may grow beyond this: room for a traceback on standard error, for nothing else."""


def main() -> None:
    """Answer requests on standard input until it closes."""
    source, memory_bytes, cpu_seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not end up among the answers
    parser = map_parser(source)
    _cap(memory_bytes)
    _answer_all(parser, requests, answers, memory_bytes, cpu_seconds)


def _cap(memory_bytes: int) -> None:
    # Before the cap on files: a library's bytecode cut off at the cap would break it for good.
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LAST_WORDS_BYTES, _LAST_WORDS_BYTES))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or memory_bytes <= hard:
        with suppress(ValueError, OSError):  # macOS knows this limit and does not let it be set
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, hard))


def _answer_all(
    parser: MapParser,
    requests: IO[bytes],
    answers: IO[bytes],
    memory_bytes: int,
    cpu_seconds: int,
) -> None:
    memo, sent = parser.Memo(), set[bytes]()
    while (packed := receive(requests)) is not None:
        _allow_cpu(cpu_seconds)
        try:
            request = msgspec.msgpack.decode(packed, type=ReadRequest)
            del packed
            answer = _read(parser, request, memo, sent)
        except MemoryError:
            answer = Refusal(f"takes more than {memory_bytes // MIB} MiB of memory to read")
        send(answers, answer)


def _allow_cpu(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    if hard == resource.RLIM_INFINITY or soft <= hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _read(
    parser: MapParser, request: ReadRequest, memo: object, sent: set[bytes]
) -> ReadMap | Refusal:
    try:
        return to_wire(parser.parse(request.content, request.file, memo), sent)
    except MapFileError as error:
        unknown = isinstance(error, UnknownStatusError)
        return Refusal(error.problem, error.feature, unknown_status=unknown)


if __name__ == "__main__":
    main()
