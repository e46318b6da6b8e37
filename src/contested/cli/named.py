"""The place that a command's words mean, and what had to be assumed to find it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from contested.jobs.places import place_assumed

if TYPE_CHECKING:
    from contested.places.gazetteer import Gazetteer
    from contested.records import Place


def named_place(gazetteer: Gazetteer, name: str, *, near: str | None = None) -> Place:
    """Return the place that a name means; an assumption is said on standard error.

    Raises
    ------
    NotHeldError
        If it is not known, or could be several places of like weight.
    """
    place, assumption = place_assumed(gazetteer, name, near=near)
    if assumption is not None:
        click.echo(assumption, err=True)
    return place
