"""One seam for work over many files: one after the other, or in local processes.

A unit is a function of picklable arguments. It answers with a value, also where it failed: an
error inside a unit is its own business, a process that dies costs its unit only.
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Item = TypeVar("Item")
    Answer = TypeVar("Answer")

Executor = Literal["serial", "processes"]
IN_FLIGHT_PER_WORKER: Final = 4
"""Units handed out ahead: enough to keep workers busy, few enough to bound memory."""


def over(
    work: Callable[[Item], Answer],
    items: Sequence[Item],
    *,
    executor: Executor = "serial",
    workers: int | None = None,
    lost: Callable[[Item], Answer],
) -> Iterator[Answer]:
    """Yield the answer for every item, in order.

    Parameters
    ----------
    lost
        What to answer for an item whose process died.
    """
    if executor == "serial" or len(items) < 2:  # noqa: PLR2004
        yield from map(work, items)
        return
    yield from _in_processes(work, items, workers or os.cpu_count() or 1, lost)


def _in_processes(
    work: Callable[[Item], Answer],
    items: Sequence[Item],
    workers: int,
    lost: Callable[[Item], Answer],
) -> Iterator[Answer]:
    done = 0
    while done < len(items):
        # A worker that is killed breaks the whole pool: the rest goes on in a new one.
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            try:
                for answer in _batches(pool, work, items[done:], workers):
                    done += 1
                    yield answer
            except BrokenProcessPool:
                yield lost(items[done])
                done += 1


def _batches(
    pool: ProcessPoolExecutor, work: Callable[[Item], Answer], items: Sequence[Item], workers: int
) -> Iterator[Answer]:
    size = workers * IN_FLIGHT_PER_WORKER
    for start in range(0, len(items), size):
        yield from pool.map(work, items[start : start + size])
