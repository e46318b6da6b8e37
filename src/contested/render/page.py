"""The shell of every page: one file, no script, nothing loaded from anywhere. Pure."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from contested.render.paint import colour_css
from contested.render.tables import text
from contested.render.theme import DARK, FONT, LIGHT, SERIF, Theme

NARROW_PX = 620
PAGE_METHOD = "page/1"

_LAYOUT = f"""
*{{box-sizing:border-box}}
html{{-webkit-text-size-adjust:100%;text-size-adjust:100%}}
body{{margin:0;background:var(--card);color:var(--ink);font:15.5px/1.5 {FONT};
font-variant-numeric:tabular-nums;overflow-wrap:break-word}}
main{{max-width:51rem;margin:0 auto;padding:2.4rem 2rem 4rem}}
h1{{font-size:1.85rem;line-height:1.2;margin:0 0 .35rem;letter-spacing:-.005em;text-wrap:balance}}
h2{{font-size:1.32rem;line-height:1.25;margin:0 0 .6rem}}
.day{{white-space:nowrap}}
.deck{{margin:0;color:var(--soft-ink);font-size:.95rem}}
header{{border-bottom:2px solid var(--ink);padding-bottom:1.1rem;margin-bottom:1.5rem}}
section{{border-top:1px solid var(--rule);padding:1.5rem 0 .4rem;margin-top:1.4rem}}
figure{{margin:0}}figure img{{width:100%;height:auto}}
figcaption,.note,small{{color:var(--soft-ink);font-size:.81rem;line-height:1.45}}
small{{display:block}}
p{{margin:.5rem 0}}
.missing{{border-left:4px solid var(--hatch);background:var(--paper);padding:.7rem 1rem;
margin:0 0 1.4rem}}
svg{{display:block;max-width:100%;height:auto}}
.narrow{{display:none}}
.wide{{overflow-x:auto}}
table{{border-collapse:collapse;width:100%;margin:.4rem 0 .9rem}}
caption{{text-align:left;color:var(--soft-ink);font-size:.81rem;padding-bottom:.35rem}}
th,td{{text-align:left;vertical-align:top;padding:.42rem .9rem .42rem 0;
border-bottom:1px solid var(--rule)}}
thead th{{color:var(--soft-ink);font-weight:400;font-size:.81rem;vertical-align:bottom}}
tbody th{{font-weight:400;min-width:11.5rem}}
.number{{text-align:right}}
td.number{{font-weight:700;white-space:nowrap}}
td.number small{{font-weight:400;white-space:normal}}
td.quiet{{color:var(--soft-ink);font-weight:400;text-align:right}}
.hash{{font:.74rem/1.4 'Noto Sans Mono','DejaVu Sans Mono',monospace;overflow-wrap:anywhere}}
.facts caption{{color:var(--ink);font-weight:700;font-size:1rem}}
.facts th{{color:var(--soft-ink);width:12.5rem;font-size:.88rem}}
.facts td{{font-size:.92rem}}
td small,th small{{overflow-wrap:anywhere}}
th:last-child,td:last-child{{padding-right:0}}
.figures{{display:flex;flex-wrap:wrap;gap:.2rem 2.4rem;margin:0 0 .8rem}}
.figures div{{min-width:7rem}}
.figures dt{{color:var(--soft-ink);font-size:.81rem}}
.figures dd{{margin:0;font-size:1.5rem;font-weight:700;line-height:1.25}}
.figures dd small{{font-size:.81rem;font-weight:400}}
.gain dd{{color:var(--gained-ink)}}
.loss dd{{color:var(--regained-ink)}}
a{{color:inherit}}
blockquote,q{{font-family:{SERIF}}}
@media (max-width:{NARROW_PX}px){{main{{padding:1.2rem 1rem 3rem}}h1{{font-size:1.5rem}}
.broad{{display:none}}.narrow{{display:block}}
th,td{{padding-right:.6rem;font-size:.9rem}}
tbody th{{min-width:0}}
.facts tr,.facts th,.facts td{{display:block;width:auto}}
.facts th{{border-bottom:0;padding-bottom:0}}}}
@media print{{body{{background:#fff;font-size:9.5pt}}main{{max-width:none;padding:0}}
.broad{{display:block}}.narrow{{display:none}}section,figure,tr{{break-inside:avoid}}
h2{{break-after:avoid}}.wide{{overflow:visible}}
a[href]::after{{content:none}}}}
@page{{margin:16mm 15mm}}
"""

# Text in the colour of a change must be readable: darker than the area's colour on paper.
_TEXT_INK = {"light": ("#a63a25", "#1f6398"), "dark": ("#ee8a73", "#6fb2e6")}


def page(title: str, body: str, language: str = "en", *, style: str = "") -> str:
    """Return a whole HTML page.

    Parameters
    ----------
    title
        Words for the browser's tab; cleaned and escaped here.
    body
        Markup made by this package, every foreign text in it already escaped.
    style
        Rules of this one page, after those of every page.

    Notes
    -----
    The policy forbids everything but the one style sheet, named by its hash: even if a foreign
    name slipped through as markup, nothing would run and nothing would be loaded.
    """
    css = style_sheet() + style
    digest = b64encode(sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    if "<img " in body:  # pictures lie in the page itself; an SVG in one runs nothing
        policy += "; img-src data:"
    return (
        f'<!doctype html>\n<html lang="{text(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{text(title)}</title>\n<style>{css}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def style_sheet() -> str:
    """Return the style of every page: light, dark by the reader's choice, always light in print."""
    light = f":root{{{_variables(LIGHT)}}}"
    dark = (
        f"@media screen and (prefers-color-scheme:dark)"
        f"{{:root{{{_variables(DARK)}}}{colour_css(DARK)}}}"
    )
    return f"{light}\n{_LAYOUT.strip()}\n{dark}"


def _variables(theme: Theme) -> str:
    gained, regained = _TEXT_INK[theme.name]
    return (
        f"color-scheme:{theme.name};--paper:{theme.paper};--card:{theme.card};--ink:{theme.ink};"
        f"--soft-ink:{theme.soft_ink};--rule:{theme.rule};--hatch:{theme.hatch};"
        f"--gained-ink:{gained};--regained-ink:{regained}"
    )


def section(title: str, *parts: str, name: str) -> str:
    """Return a section with a heading; empty parts are left out, and so is an empty section."""
    inner = "\n".join(part for part in parts if part)
    if not inner:
        return ""
    return (
        f'<section aria-labelledby="{name}">\n<h2 id="{name}">{text(title)}</h2>\n{inner}\n'
        "</section>"
    )


def picture(broad: str, narrow: str) -> str:
    """Return a picture in two widths; the page shows the one that fits."""
    if not broad:
        return ""
    return f'<figure><div class="broad">{broad}</div><div class="narrow">{narrow}</div></figure>'


def paragraph(words: str, kind: str = "") -> str:
    """Return a paragraph of plain words."""
    mark = f' class="{kind}"' if kind else ""
    return f"<p{mark}>{text(words, 2000)}</p>" if words else ""
