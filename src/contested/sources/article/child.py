"""The process that reads foreign pages: ``python -m contested.sources.article.child KIND``.

Bytes come in on standard input, articles go out as JSON on standard output. Memory, processor time
and file size are capped by the kernel: a page that asks for more costs this process, nothing else.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from contested.sources.article.containers import from_feed, from_mail
from contested.sources.article.markup import article_of

if TYPE_CHECKING:
    from contested.sources.article.raw import RawArticle

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
_FILE_BYTES = 1 << 16


def main() -> None:
    """Read one file and answer with its articles or with what is wrong with it."""
    kind, encoding = sys.argv[1], sys.argv[2]
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not end up in the answer
    cap()
    content = sys.stdin.buffer.read()
    try:
        found = {"articles": [asdict(raw) for raw in _read(kind, content, encoding)]}
    except (ValueError, RecursionError, SyntaxError) as error:
        # lxml raises XMLSyntaxError, a SyntaxError.
        found = {"problem": [{"text": " ".join(str(error).split())[:200]}]}
    except MemoryError:
        found = {"problem": [{"text": f"takes more than {MEMORY_BYTES >> 20} MiB to read"}]}
    answers.write(json.dumps(found).encode())
    answers.close()


def _read(kind: str, content: bytes, encoding: str) -> list[RawArticle]:
    if kind == "mail":
        return from_mail(content)
    if kind == "feed":
        return from_feed(content)
    return [article_of(content.decode(encoding))]


def cap() -> None:
    """Cap memory, processor time and what may be written."""
    # Before the cap on files: a library's bytecode cut off at the cap would break it for good.
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))
    for name, limit in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, CPU_SECONDS)):
        _, hard = resource.getrlimit(name)
        if hard == resource.RLIM_INFINITY or limit <= hard:
            resource.setrlimit(name, (limit, hard))


if __name__ == "__main__":
    main()
