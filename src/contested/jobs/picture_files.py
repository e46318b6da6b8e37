"""Pictures as files: SVG, PDF or PNG by the file's ending, each with a JSON twin."""

from __future__ import annotations

import hashlib
from html import escape
from typing import TYPE_CHECKING, Any, Final

import msgspec

from contested.errors import UsageError
from contested.store.files import write_bytes
from contested.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PICTURES: Final = (".svg", ".pdf", ".png")


def check_picture(path: Path) -> str:
    """Return the file's ending, or refuse it naming the formats there are."""
    ending = path.suffix.lower()
    if ending not in PICTURES:
        raise UsageError(f"{path}: unknown format {ending!r}; choose one of {', '.join(PICTURES)}")
    return ending


def write_picture(path: Path, svg: str, words: Mapping[str, str], facts: Mapping[str, Any]) -> Path:
    """Write a picture and its JSON twin, which names every file that it came from.

    Parameters
    ----------
    svg
        With real lines, so that every format shows the same.
    words
        ``Title``, ``Description`` (the alternative text) and ``Source``, kept in the file.
    facts
        What the twin says beside those and the picture's own hash.

    Returns
    -------
    Path
        Of the twin.

    Raises
    ------
    UsageError
        If the ending is not one of `PICTURES` or the file cannot be written.
    """
    content = _bytes(check_picture(path), svg, {**words, "Software": f"contested {__version__}"})
    write_bytes(path, content)
    twin = path.with_name(f"{path.name}.json")
    own = {"file": path.name, "sha256": hashlib.sha256(content).hexdigest()}
    told = {"title": words["Title"], "alt": words["Description"], "source_line": words["Source"]}
    body = {**told, **facts, "picture": own, "contested": __version__}
    write_bytes(twin, msgspec.json.format(msgspec.json.encode(body), indent=2) + b"\n")
    return twin


def _bytes(ending: str, svg: str, words: Mapping[str, str]) -> bytes:
    # each writer loads a library that the other formats have no need of
    if ending == ".png":
        from contested.render.png import png  # noqa: PLC0415

        return png(svg, words)
    if ending == ".pdf":
        from contested.render.pdf import pdf  # noqa: PLC0415

        return pdf(svg, words)
    return svg.encode()


def svg_metadata(words: Mapping[str, str], day: str) -> str:
    """Return title, description, source and day as Dublin Core, as drawing programs read it."""
    terms = {
        "format": "image/svg+xml", "title": words["Title"], "description": words["Description"],
        "source": words["Source"], "date": day, "publisher": f"contested {__version__}",
    }  # fmt: skip
    inner = "".join(f"<dc:{key}>{escape(text)}</dc:{key}>" for key, text in terms.items())
    return (
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://creativecommons.org/ns#">'
        f'<cc:Work rdf:about="">{inner}</cc:Work></rdf:RDF></metadata>'
    )
