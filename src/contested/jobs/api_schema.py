"""The read-only API described as OpenAPI 3.1: shapes come from the answers' own types."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from contested.history.answers import AreaSeriesRow, AreasOn, Changes, StatusAt, TimelineRow
from contested.version import __version__

_DAY = {"type": "string", "format": "date"}
_DEGREES = {"type": "number"}

_PATHS: Final[dict[str, tuple[str, tuple[tuple[str, dict[str, str], bool], ...], str]]] = {
    "/api/days": ("First and last day, and the days without a map", (), ""),
    "/api/area": (
        "Areas by status in km²: on a day, or from a day to a day",
        (("on", _DAY, False), ("from", _DAY, False), ("to", _DAY, False)),
        "AreasOn",
    ),
    "/api/changes": (
        "What changed between the maps at or before two days, km²",
        (("from", _DAY, True), ("to", _DAY, True)),
        "Changes",
    ),
    "/api/status": (
        "What the map of a day shows at a point",
        (("lon", _DEGREES, True), ("lat", _DEGREES, True), ("on", _DAY, True)),
        "StatusAt",
    ),
    "/api/timeline": (
        "Every status a point was shown with",
        (("lon", _DEGREES, True), ("lat", _DEGREES, True)),
        "TimelineRow",
    ),
}


def openapi() -> dict[str, Any]:
    """Return the description of the API."""
    answers = (AreasOn, AreaSeriesRow, Changes, StatusAt, TimelineRow)
    _, schemas = msgspec.json.schema_components(answers, ref_template="#/components/schemas/{name}")
    return {
        "openapi": "3.1.0",
        "info": {"title": "contested", "version": __version__},
        "paths": {path: {"get": _operation(*what)} for path, what in _PATHS.items()},
        "components": {"schemas": schemas},
    }


def _operation(
    summary: str, parameters: tuple[tuple[str, dict[str, str], bool], ...], schema: str
) -> dict[str, Any]:
    content = {"$ref": f"#/components/schemas/{schema}"} if schema else {"type": "object"}
    if schema == "TimelineRow":
        content = {"type": "array", "items": content}  # type: ignore[dict-item]
    return {
        "summary": summary,
        "parameters": [
            {"name": name, "in": "query", "required": required, "schema": kind}
            for name, kind, required in parameters
        ],
        "responses": {
            "200": {
                "description": "The answer, as the command prints it with --json",
                "content": {"application/json": {"schema": content}},
            },
            "400": {"description": "The question is not well put: one line says why"},
            "404": {"description": "No held source can answer: one line says why"},
        },
    }
