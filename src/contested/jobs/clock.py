"""The clock: read at the edge of a job, handed down as an argument."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the time of now, UTC."""
    return datetime.now(UTC)
