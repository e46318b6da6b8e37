"""Reading foreign map files in a process of their own, started again when one kills it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol, Self

import msgspec

from contested.errors import MapFileError, UnknownStatusError
from contested.jobs.limits import Limits
from contested.jobs.wire import ReadMap, ReadRequest, Refusal, from_wire, receive, send
from contested.records import SnapshotId
from contested.sources.parsers import map_parser

if TYPE_CHECKING:
    from types import TracebackType
    from typing import IO

    from contested.records import ControlMap, Shape

_PATIENCE_S = 5


class MapReader(Protocol):
    """Whatever turns the bytes of a file into a map."""

    def read(self, content: bytes, file: str) -> ControlMap:
        """Return the map in the bytes of a file.

        Raises
        ------
        UnknownStatusError
            If statuses without a rule occur.
        MapFileError
            If the file cannot be used.
        """
        ...


class ChildReader:
    """Reads the map files of one source in a child process under caps.

    The child starts with the first file and ends with the context. A file that kills it is
    refused with one line, and the next file gets a new child.
    """

    def __init__(self, source: str, limits: Limits | None = None) -> None:
        self.source = source
        self.limits = limits or Limits()
        self._parser = map_parser(source)
        self._carries = self._parser.CARRIES
        self._shapes: dict[bytes, Shape] = {}
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.end()
            self._child = None

    def read(self, content: bytes, file: str) -> ControlMap:
        """Return the map in the bytes of a file; see `MapReader`."""
        snapshot = SnapshotId(self.source, sha256(content).hexdigest(), *self._parser.dates(file))
        answer = self._ask(content, file)
        if isinstance(answer, Refusal):
            kind = UnknownStatusError if answer.unknown_status else MapFileError
            raise kind(file, answer.problem, answer.feature)
        try:
            return from_wire(answer, snapshot, self._carries, self._shapes)
        except (KeyError, ValueError):
            raise MapFileError(file, "made the reader answer nonsense; not kept") from None

    def _ask(self, content: bytes, file: str) -> ReadMap | Refusal:
        if self._child is None:
            self._child = _Child(self.source, self.limits)
        answer = self._child.ask(ReadRequest(file, content))
        if answer is None:
            child, self._child = self._child, None
            return Refusal(child.how_it_ended(self.limits))
        try:
            return msgspec.msgpack.decode(answer, type=ReadMap | Refusal)
        except msgspec.MsgspecError:
            self.close()
            return Refusal("made the reader answer nonsense; not kept")


class _Child:
    """One child process."""

    def __init__(self, source: str, limits: Limits) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as the child)
        caps = [str(limits.memory_bytes), str(limits.cpu_seconds)]
        # One thread: each further one takes address space that the cap counts.
        threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
        self._process = subprocess.Popen(  # noqa: S603 (our own module, our own arguments)
            [sys.executable, "-P", "-m", "contested.jobs.read_child", source, *caps],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env={**os.environ, **threads},
        )

    def ask(self, request: ReadRequest) -> bytes | None:
        """Return the answer's bytes; `None` if the child ended instead."""
        requests, answers = self._streams()
        try:
            send(requests, request)
            return receive(answers)
        except BrokenPipeError:
            return None

    def _streams(self) -> tuple[IO[bytes], IO[bytes]]:
        requests, answers = self._process.stdin, self._process.stdout
        if requests is None or answers is None:
            raise BrokenPipeError
        return requests, answers

    def end(self) -> int:
        """Close the child's input, wait for it, and return how it ended."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue
        try:
            code = self._process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._last_words = self._read_last_words()
        self._said.close()
        return code

    def _read_last_words(self) -> str:
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1][:200] if lines else ""

    def how_it_ended(self, limits: Limits) -> str:
        """Return in words what a file did to the child."""
        code = self.end()
        if code == -signal.SIGXCPU:
            return f"takes more than {limits.cpu_seconds} s of processor time to read"
        if code < 0:
            name = signal.Signals(-code).name
            return f"made the reader crash ({name}); the file is damaged or hostile"
        return f"made the reader stop ({self._last_words or f'exit code {code}'})"
