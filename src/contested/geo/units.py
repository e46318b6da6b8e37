"""Factors between units; nothing else, so that reading a text loads no geometry."""

from __future__ import annotations

from typing import Final

KM_PER_MILE: Final = 1.609344
"""The international mile of 1959."""
