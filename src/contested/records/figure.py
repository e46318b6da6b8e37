"""How a figure was made: method, version and parameters travel with every number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Parameter = float | int | str | bool | None | tuple[float, ...] | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """A method's name and version, and the parameters of this one figure.

    Attributes
    ----------
    name
        The method's page in the documentation (`front`: ``docs/explain/front.md``).
    version
        Changes whenever the same input may give another number.
    parameters
        Names carry their units (`inset_km`).
    """

    name: str
    version: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Name and version in one word, as printed beside a figure."""
        return f"{self.name}/{self.version}"
