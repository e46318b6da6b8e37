"""The page for people, as files: a folder that any host serves, or one HTML file.

Pure: everything comes as bytes and goes as bytes. The client is built from `web/` and travels in
`client/` beside this module (docs/decisions/0007-the-built-client-is-committed.md).
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import shapely

from contested.render.site_facts import place_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contested.render.site_facts import LabelledPlace

PACK = "history.ctwp"
SCRIPTS = ("maplibre.js", "client.js")
STYLES = "client.css"
WORKER = "maplibre-worker.js"
_DIGITS = 3
"""Decimals of the base map's degrees: about 100 m, finer than its source."""
_OUTLINE, _NEIGHBOUR = 0.0008, 0.006
"""Degrees by which the outline and the neighbours are simplified; nothing is measured on them."""


@dataclass(frozen=True, slots=True)
class Basemap:
    """A base map that the page asks for.

    Attributes
    ----------
    kind
        ``tiles`` (a raster template with {z}, {x}, {y}), ``style`` (a style of MapLibre) or
        ``pmtiles`` (one archive, read by ranges).
    url
        Absolute, or the name of a file beside the page.
    origin
        What the page's policy must allow: scheme and host; ``'self'`` for a file beside it.
    attribution
        Whom the source line credits.
    """

    kind: str
    url: str
    origin: str
    attribution: str


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """Everything on the page.

    Attributes
    ----------
    pack
        The history (`contested.history.web_pack`).
    places
        Settlements: labels, search and table.
    countries, extent
        The ground under the map, degrees, by name; cut at `extent` (west, south, east, north).
    water
        Rivers and lakes that the user added, as GeoJSON; `None` draws none.
    figures
        Front and salients as JSON values (`jobs.site_figures`); `None` shows none.
    claims
        Pins of a checked article (`jobs.site_check`); `None` shows none.
    basemap
        Tiles from elsewhere under the map; `None`: the page asks the network for nothing.
    picture
        The latest map as SVG, for readers without JavaScript.
    table
        The latest figures: rows of cells, the first row being the head.
    """

    title: str
    description: str
    pack: bytes
    places: Sequence[LabelledPlace]
    countries: Mapping[str, shapely.Geometry]
    extent: tuple[float, float, float, float]
    picture: str
    table: tuple[tuple[str, ...], ...]
    source_line: str
    version: str
    water: Mapping[str, Any] | None = None
    figures: Mapping[str, Any] | None = None
    claims: Mapping[str, Any] | None = None
    basemap: Basemap | None = None


def site_files(site: Site) -> dict[str, bytes]:
    """Return the files of the folder by name; no file names an address outside the folder."""
    client = {name: client_file(name) for name in (*SCRIPTS, STYLES)}
    workers = {} if site.basemap is None else {WORKER: _worker_script()}
    page = _page(
        site,
        styles='<link rel="stylesheet" href="client.css">',
        policy=page_policy("script-src 'self'; style-src 'self' 'unsafe-inline'", "'self' ", site),
        end="\n".join(f'<script defer src="{name}"></script>' for name in (*workers, *SCRIPTS)),
    )
    script = b'window.contestedPack="' + base64.b64encode(site.pack) + b'";\n'
    return {
        "index.html": page,
        PACK: site.pack,
        f"{PACK}.js": script,
        **workers,
        **client,
    }


def page_policy(scripts: str, own: str, site: Site) -> str:
    """Return the page's content security policy; only a wanted base map opens it, by its origin."""
    asked = "" if site.basemap is None else f" {site.basemap.origin}"
    return (
        f"default-src 'none'; {scripts}; connect-src {own}blob:{asked}; "
        f"img-src {own}data: blob:{asked}; worker-src blob: data:; base-uri 'none'; "
        "form-action 'none'"
    )


def _worker_script() -> bytes:
    """Return the library's worker as a text in a script.

    A page opened from a disk may load scripts, but neither workers nor files; the client makes the
    worker from the text. Only tiles need it.
    """
    text = client_file(WORKER).decode("utf-8")
    return b"window.contestedWorker=" + msgspec.json.encode(text) + b";\n"


def _basemap(basemap: Basemap) -> dict[str, str]:
    return {"kind": basemap.kind, "url": basemap.url, "attribution": basemap.attribution}


def single_file(site: Site) -> bytes:
    """Return the page as one HTML file that needs no other and asks no network."""
    # One module: it waits until the page is read, so that the picture below is seen first.
    parts = [client_file(name).decode("utf-8") for name in SCRIPTS]
    script = _inline("\n".join(parts))
    worker = "" if site.basemap is None else _inline(client_file(WORKER).decode("utf-8"))
    pack = base64.b64encode(site.pack).decode("ascii")
    end = "\n".join(
        [
            f'<script type="text/plain" id="contested-pack">{pack}</script>',
            f'<script type="text/plain" id="maplibre-worker">{worker}</script>' if worker else "",
            f'<script type="module">{script}</script>',
        ]
    )
    return _page(
        site,
        styles=f"<style>{client_file(STYLES).decode('utf-8')}</style>",
        policy=page_policy(
            f"script-src 'sha256-{_sha256(script)}'; style-src 'unsafe-inline'", "", site
        ),
        end=end,
    )


def client_file(name: str) -> bytes:
    """Return the bytes of a file of the built client."""
    return files("contested.render").joinpath("client", name).read_bytes()


def _page(site: Site, *, styles: str, policy: str, end: str) -> bytes:
    about = {
        "base": compact(_base(site.countries, site.extent)),
        "water": None if site.water is None else compact(site.water),
        "figures": site.figures,
        "claims": site.claims,
        "basemap": None if site.basemap is None else _basemap(site.basemap),
        "version": site.version,
        "pack": PACK,
        "places": place_rows(site.places),
    }
    text = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="description" content="{html.escape(site.description)}">
<title>{html.escape(site.title)}</title>
<link rel="icon" href="data:,">
{styles}
</head>
<body>
<div id="notice" role="alert" hidden></div>
<div id="app" hidden></div>
<main id="static">
<h1>{html.escape(site.title)}</h1>
<p>{html.escape(site.description)}</p>
<noscript><p>The moving map needs JavaScript. This is the latest map.</p></noscript>
<figure>{site.picture}</figure>
{_table(site.table)}
<p class="note">{html.escape(site.source_line)}</p>
</main>
<script type="application/json" id="contested-site">{_json(about)}</script>
{end}
</body>
</html>
"""
    return text.encode("utf-8")


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in rows[0])
    body = "".join(
        f'<tr><th scope="row">{html.escape(row[0])}</th>'
        + "".join(f"<td>{html.escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows[1:]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _base(
    countries: Mapping[str, shapely.Geometry], extent: tuple[float, float, float, float]
) -> dict[str, Any]:
    """Return sea, countries and borders as GeoJSON, rounded.

    Borders are lines of their own, so that the cut at the edge of the base map is not drawn.
    """
    box = shapely.box(*extent)
    features = [_feature("sea", "", box)]
    for name, shape in countries.items():
        simple = shape.simplify(_OUTLINE if name == "Ukraine" else _NEIGHBOUR)
        features.append(_feature("country", name, shapely.multipolygons(shapely.get_parts(simple))))
        border = shapely.difference(simple.boundary, box.boundary.buffer(_NEIGHBOUR))
        features.append(_feature("border", name, shapely.line_merge(border)))
    return {"type": "FeatureCollection", "features": features}


def _feature(kind: str, name: str, shape: shapely.Geometry) -> dict[str, Any]:
    rounded = shapely.transform(shape, lambda degrees: degrees.round(_DIGITS))
    geometry = json.loads(shapely.to_geojson(rounded))
    return {"type": "Feature", "properties": {"kind": kind, "name": name}, "geometry": geometry}


def compact(collection: Mapping[str, Any]) -> list[list[Any]]:
    """Return features as rows: properties, type, coordinates as differences of thousandths.

    Half the bytes of GeoJSON once compressed; `web/src/data/features.ts` reads it.
    """
    return [
        [one["properties"], one["geometry"]["type"], _steps(one["geometry"]["coordinates"])]
        for one in collection["features"]
    ]


def _steps(coordinates: list[Any]) -> list[Any]:
    """Return lists of points as x, y, dx, dy, …; lists of lists as they are nested."""
    if not coordinates or not isinstance(coordinates[0][0], (int, float)):
        return [_steps(part) for part in coordinates]
    rounded = np.rint(np.array(coordinates, dtype=np.float64) * 10**_DIGITS).astype(np.int64)
    steps = np.diff(rounded, axis=0, prepend=0)
    moved = np.any(steps != 0, axis=1)
    flat: list[Any] = steps[moved].ravel().tolist()
    return flat


def _json(value: object) -> str:
    """Return JSON that cannot end the element that it stands in."""
    return msgspec.json.encode(value).decode("utf-8").replace("<", "\\u003c")


def _inline(script: str) -> str:
    """Return a script that cannot end its element; inside strings and patterns this is the same."""
    text = script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
    return text.replace("\r\n", "\n")


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
