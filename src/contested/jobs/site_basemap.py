"""A base map from elsewhere for the page: only where the user names one, and whom to credit."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from contested.errors import UsageError
from contested.render.site import Basemap

_HERE: Final = {"localhost", "127.0.0.1", "[::1]"}
_FORBIDDEN: Final = set(" \t\r\n;,'\"<>\\")
"""Characters that would end a directive of the page's policy or an attribute."""


def basemap_of(address: str, attribution: str, *, beside: bool = True) -> Basemap:
    """Return the base map that an address names.

    Parameters
    ----------
    address
        A raster template with {z}, {x} and {y}, a style (``.json``) or an archive (``.pmtiles``);
        an archive without a host is a file beside the page.
    attribution
        Whom the page credits.
    beside
        Whether a file can lie beside the page; a server that holds its own files has no place.

    Raises
    ------
    UsageError
        If the address is none of these, is not encrypted, or nobody is credited.
    """
    if not attribution.strip():
        raise UsageError("--basemap needs --attribution: whoever made the map is credited on it")
    if _FORBIDDEN & set(address):
        raise UsageError(f"--basemap {address!r}: write spaces and quotes percent-encoded")
    kind = _kind(address)
    parts = urlsplit(address)
    if not parts.scheme and not parts.netloc and kind == "pmtiles":
        if not beside:
            raise UsageError(
                f"--basemap {address}: serve holds only its own files; give the archive's https:// "
                "address, or put it beside a page of `contested site build`"
            )
        return Basemap(kind, address, "'self'", attribution.strip())
    host = parts.netloc.rpartition("@")[2]
    local = host.partition(":")[0] in _HERE or host.startswith("[::1]")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise UsageError(f"--basemap {address}: an address begins with https://")
    if "@" in parts.netloc or not host:
        raise UsageError(f"--basemap {address}: names no host, or a password with it")
    return Basemap(kind, address, f"{parts.scheme}://{host}", attribution.strip())


def _kind(address: str) -> str:
    path = urlsplit(address).path.lower()
    if all(part in address for part in ("{z}", "{x}", "{y}")):
        return "tiles"
    if path.endswith(".pmtiles"):
        return "pmtiles"
    if path.endswith(".json"):
        return "style"
    raise UsageError(
        f"--basemap {address}: is neither a tile template with {{z}}/{{x}}/{{y}}, nor a style "
        "(.json), nor an archive (.pmtiles)"
    )
