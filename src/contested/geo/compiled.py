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


def kernel(function: F) -> F:
    """Compile a function over arrays and numbers; results never depend on the machine's threads."""
    return cast("F", numba.njit(cache=True, nogil=True, _nrt=False)(function))


def inlined(function: F) -> F:
    """Compile a small function that kernels call in their inner loops."""
    return cast("F", numba.njit(cache=True, nogil=True, _nrt=False, forceinline=True)(function))
