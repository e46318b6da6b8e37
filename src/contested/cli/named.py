"""The place that a command's words mean: completed with Tab, found, and what had to be assumed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import click
from click.shell_completion import CompletionItem

from contested.jobs.places import open_gazetteer, place_assumed
from contested.places.extent import stands_vaguely

if TYPE_CHECKING:
    from contested.places.gazetteer import Gazetteer
    from contested.records import Place


def named_place(gazetteer: Gazetteer, name: str, *, near: str | None = None) -> Place:
    """Return the place that a name means; what is assumed or vague is said on standard error.

    Raises
    ------
    NotHeldError
        If it is not known, or could be several places of like weight.
    """
    place, assumption = place_assumed(gazetteer, name, near=near)
    if assumption is not None:
        click.echo(assumption, err=True)
    if stands_vaguely(place):
        click.echo(
            f"{place.name} ({place.id}) lies within {place.uncertainty_km:g} km of the point used"
            f" ({place.source}): what is found there need not hold for the settlement",
            err=True,
        )
    return place


class PlaceName(click.ParamType[str]):
    """A place by name or identifier; Tab completes names in the letters that were typed."""

    name = "place"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return names that begin so, the largest places first."""
        del ctx, param
        names = open_gazetteer().completions(incomplete)
        bare = _bash_unquoted()
        return [CompletionItem(_escaped(name) if bare else name) for name in names]


PLACE: Final = PlaceName()


def _bash_unquoted() -> bool:
    """Say whether bash puts the name in as it is: zsh and fish quote by themselves."""
    if not os.environ.get("_CONTESTED_COMPLETE", "").startswith("bash"):
        return False
    words = os.environ.get("COMP_WORDS", "")
    return words.count('"') % 2 == 0 and words.count("'") % 2 == 0


def _escaped(name: str) -> str:
    """Return a name as bash takes it bare; click's script reads one backslash away."""
    return "".join(f"\\\\{sign}" if sign in " '\"()&;" else sign for sign in name)
