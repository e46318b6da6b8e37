"""Functions compiled to machine code on their first call and kept in Numba's cache.

The first call on a machine compiles (20 CPU seconds for the engine); every later process loads the
result from the cache beside the module (or from ``NUMBA_CACHE_DIR``). Only modules that compile
import this one, so that ``import contested`` does not load Numba.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")

_OPTIONS: dict[str, Any] = {"nogil": True, "_nrt": False, "error_model": "numpy"}
"""Kernels allocate nothing: without Numba's reference counting they run four times as fast.
`error_model`: nothing is divided by zero here, and checks that it is not take a third of the code.
"""

_INLINED: dict[str, Any] = {
    "forceinline": True,
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
}
"""Python never calls these: without the way in, compiling takes half the time."""


def kernel(function: F) -> F:
    """Compile a function over arrays and numbers; results never depend on the machine's threads.

    Where neither the package's folder nor the user's cache can be written to, nothing is kept, and
    every process compiles for itself.
    """
    try:
        return cast("F", numba.njit(cache=True, **_OPTIONS)(function))
    except RuntimeError:  # Numba found no place for its cache
        return cast("F", numba.njit(**_OPTIONS)(function))


def inlined(function: F) -> F:
    """Compile a small function that kernels call in their inner loops, and only they can."""
    return cast("F", numba.njit(**_OPTIONS, **_INLINED)(function))


def cache_index(function: Callable[..., Any]) -> str | None:
    """Return the path of the file that is there once a kernel has been compiled, if it is kept.

    Who is about to make somebody wait can look for it and say so; this module reads no disk.
    """
    dispatcher: Any = function
    held = getattr(dispatcher._cache, "_cache_file", None)  # noqa: SLF001 (there is no public way)
    return None if held is None else str(held._index_path)  # noqa: SLF001
