"""A publisher on the loopback interface that answers as a test tells it to."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Answer:
    """One scripted answer; `declared` overrides the true Content-Length, `None` leaves it out."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    declared: int | None = -1
    drip_s: float = 0.0
    silent_s: float = 0.0


@dataclass
class Publisher:
    """What the publisher will answer by path, and what it was asked."""

    url: str = ""
    script: defaultdict[str, deque[Answer]] = field(default_factory=lambda: defaultdict(deque))
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    open_now: int = 0
    most_at_once: int = 0

    def will(self, path: str, *answers: Answer) -> None:
        """Answer a path with these in turn; the last one for good."""
        self.script[path].extend(answers)

    def next(self, path: str) -> Answer:
        left = self.script[path]
        if not left:
            return Answer(404, b"no such file")
        return left.popleft() if len(left) > 1 else left[0]

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@contextmanager
def publishing() -> Iterator[Publisher]:
    """Run a publisher in a thread."""
    publisher = Publisher()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(publisher))
    server.daemon_threads = True
    publisher.url = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(publisher: Publisher) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            publisher.asked.append((self.path, dict(self.headers)))
            publisher.open_now += 1
            publisher.most_at_once = max(publisher.most_at_once, publisher.open_now)
            try:
                self._answer(publisher.next(self.path))
            except (BrokenPipeError, ConnectionResetError):
                pass  # the reader had enough, which is what some tests want
            finally:
                publisher.open_now -= 1
            self.close_connection = True

        def _answer(self, answer: Answer) -> None:
            time.sleep(answer.silent_s)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            declared = len(answer.body) if answer.declared == -1 else answer.declared
            if declared is not None:
                self.send_header("Content-Length", str(declared))
            self.end_headers()
            if not answer.drip_s:
                self.wfile.write(answer.body)
                return
            for byte in answer.body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(answer.drip_s)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the tests' output clean."""

    return Handler
