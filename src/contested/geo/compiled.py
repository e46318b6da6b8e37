"""Functions compiled to machine code on their first call and kept in Numba's cache.

The first call on a machine compiles (seconds); every later process loads the result from the
cache beside the module (or from ``NUMBA_CACHE_DIR``). Only modules that compile import this one,
so that ``import contested`` does not load Numba.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")

_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False}
"""Kernels allocate nothing: without Numba's reference counting they run four times as fast."""


def kernel(function: F) -> F:
    """Compile a function over arrays and numbers; results never depend on the machine's threads."""
    return cast("F", numba.njit(**_OPTIONS)(function))


def inlined(function: F) -> F:
    """Compile a small function that kernels call in their inner loops."""
    return cast("F", numba.njit(**_OPTIONS, forceinline=True)(function))


def cache_index(function: Callable[..., Any]) -> str:
    """Return the path of the file that is there once a kernel has been compiled.

    Who is about to make somebody wait can look for it and say so; this module reads no disk.
    """
    dispatcher: Any = function
    return str(dispatcher._cache._cache_file._index_path)  # noqa: SLF001 (Numba has no public way)
