"""Statuses of control, who holds the ground and whose territory it is."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """What a map says about a piece of ground or a settlement.

    `CONTROLLED` is the union of `OCCUPIED` and `HELD_SINCE_2014` where a source does not tell
    the two apart (the daily series). `FREE` is used by sources of points only: an area map says
    nothing about the ground it leaves blank.
    """

    HELD_SINCE_2014 = "held_since_2014"
    OCCUPIED = "occupied"
    CONTESTED = "contested"
    UA_HELD_IN_RUSSIA = "ua_held_in_russia"
    LIBERATED = "liberated"
    CONTROLLED = "controlled"
    FREE = "free"


PARTITION_ORDER: tuple[Status, ...] = (
    Status.HELD_SINCE_2014,
    Status.OCCUPIED,
    Status.CONTESTED,
    Status.UA_HELD_IN_RUSSIA,
    Status.LIBERATED,
    Status.CONTROLLED,
)
"""Where polygons of several statuses overlap, the first of this order keeps the ground.

`CONTROLLED` never meets the others: a source carries either it or `OCCUPIED` and
`HELD_SINCE_2014`.
"""


class Holder(StrEnum):
    """Who holds the ground, by the source."""

    RUSSIA = "russia"
    UKRAINE = "ukraine"
    UNCLEAR = "unclear"


class Territory(StrEnum):
    """Whose internationally recognised territory the ground is."""

    UKRAINE = "ukraine"
    RUSSIA = "russia"
