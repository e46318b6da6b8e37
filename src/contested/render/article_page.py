"""An article with each claim's words marked by kind: a person checks a reading in a minute.

The page holds the whole text: it is a local working copy, says so, and is not for publication.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.records.article import Article, Paragraph
    from contested.records.claim import Claim, Quantity

_HUES: Final = {
    "control": 4, "change_of_control": 18, "movement": 32, "distance": 200, "length": 210,
    "length_area": 220, "location": 190, "share": 250, "count": 262, "population": 274,
    "casualty": 340, "force_ratio": 300, "superlative": 286, "comparison": 240, "date_event": 90,
    "event": 60, "forecast": 150, "risk": 165, "intention": 130, "opinion": 110, "meta": 0,
}  # fmt: skip

_STYLE: Final = """
:root{color-scheme:light dark}
body{font:17px/1.6 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
h1{font-size:clamp(1.4rem,5vw,2rem);line-height:1.25;overflow-wrap:anywhere}
.note{border:1px solid;padding:.5rem .8rem;font-size:.85rem}
.aside{opacity:.55;font-size:.85rem}
mark{color:inherit;background:hsl(var(--h) 70% 50%/.22);
 border-bottom:2px solid hsl(var(--h) 60% 45%);
 cursor:help;position:relative}
mark[data-kind=meta]{background:#8883;border-color:#888}
mark sup{font-size:.62em;margin-right:.25em;font-weight:600}
mark:hover>.tip,mark:focus>.tip{display:block}
.tip{display:none;position:absolute;left:0;top:1.7em;z-index:2;width:26rem;max-width:80vw;
 background:Canvas;color:CanvasText;border:1px solid;padding:.5rem .7rem;font-size:.8rem;
 line-height:1.35;white-space:pre-line}
@media(max-width:75rem){.tip{position:fixed;left:.5rem;right:.5rem;top:auto;bottom:.5rem;
 width:auto;max-width:44rem;margin:auto;max-height:45vh;overflow:auto}}
.key span{display:inline-block;margin:0 .5rem .3rem 0;padding:0 .3rem;font-size:.78rem;
 border-bottom:2px solid hsl(var(--h) 60% 45%);background:hsl(var(--h) 70% 50%/.22)}
.key span[data-kind=meta]{background:#8883;border-color:#888}
"""


def article_page(article: Article, claims: Sequence[Claim]) -> str:
    """Return the page: HTML without scripts; every word of the article is escaped."""
    title = escape(article.title or article.name)
    day = article.published.isoformat() if article.published else "no date of publication"
    about = [
        _count(len(claims)),
        day,
        escape(article.publisher or ""),
        escape(article.byline or ""),
    ]
    counts = " · ".join(filter(None, about))
    body = "\n".join(_paragraph(article, paragraph, claims) for paragraph in article.paragraphs)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{title}: claims</title><style>{_STYLE}</style></head>\n<body>"
        '<p class="note">Local working copy, not for publication: it holds the whole article and '
        "the names in it.</p>"
        f"<h1>{title}</h1><p>{counts}</p><p class=key>{_key(claims)}</p>\n{body}\n</body></html>\n"
    )


def _key(claims: Sequence[Claim]) -> str:
    counted = sorted(Counter(str(claim.kind) for claim in claims).items())
    return "".join(
        f'<span data-kind="{kind}" style="--h:{_HUES[kind]}">{_words(kind)} {number}</span>'
        for kind, number in counted
    )


def _count(number: int) -> str:
    return f"{number} claim" if number == 1 else f"{number} claims"


def _words(kind: str) -> str:
    return kind.replace("_", " ")


def _paragraph(article: Article, paragraph: Paragraph, claims: Sequence[Claim]) -> str:
    inside = [c for c in claims if paragraph.start <= c.span.start and c.span.end <= paragraph.end]
    if paragraph.part != "prose":
        words = escape(article.text[paragraph.start : paragraph.end])
        return f'<p class="aside" title="{paragraph.part}: not read for claims">{words}</p>'
    return f"<p>{_marked(article.text, paragraph, inside)}</p>"


def _marked(text: str, paragraph: Paragraph, claims: Sequence[Claim]) -> str:
    """Return the paragraph with nested marks; a claim that would cross another is cut there."""
    out: list[str] = []
    open_claims: list[Claim] = []
    at = paragraph.start
    for claim in sorted(claims, key=lambda c: (c.span.start, -c.span.end)):
        while open_claims and open_claims[-1].span.end <= claim.span.start:
            at = _close(text, at, open_claims, out)
        out.append(escape(text[at : claim.span.start]))
        at = max(at, claim.span.start)
        out.append(_opening(claim))
        open_claims.append(claim)
    while open_claims:
        at = _close(text, at, open_claims, out)
    out.append(escape(text[at : paragraph.end]))
    return "".join(out)


def _close(text: str, at: int, open_claims: list[Claim], out: list[str]) -> int:
    claim = open_claims.pop()
    end = max(at, claim.span.end)
    out.append(escape(text[at:end]))
    out.append(f'<span class="tip">{escape(_fields(claim))}</span></mark>')
    return end


def _opening(claim: Claim) -> str:
    hue = _HUES[str(claim.kind)]
    label = _words(str(claim.kind))
    return f'<mark tabindex="0" data-kind="{claim.kind}" style="--h:{hue}"><sup>{label}</sup>'


def _fields(claim: Claim) -> str:
    """Return the fields of a claim, a line each; empty ones are left out."""
    time, said = claim.time, claim.attribution
    rows = [
        ("kind", " + ".join(_words(str(kind)) for kind in (claim.kind, *claim.also))),
        ("subject", claim.subject),
        ("places", "; ".join(_place(p.name, p.relation, p.place_id) for p in claim.places)),
        ("time", f"{time.first} to {time.last} ({time.basis})" if time else None),
        ("numbers", "; ".join(_number(q) for q in claim.quantities)),
        (
            "who",
            " · ".join(
                filter(None, (said.speaker, said.role, said.organisation, str(said.naming)))
            ),
        ),
        ("footing", _words(str(claim.evidential))),
        ("hedges", ", ".join(claim.hedges)),
        ("negated", "yes" if claim.negated else None),
        ("conditional", "yes" if claim.conditional else None),
        ("lowered by", claim.disclaimed_by),
        ("scope", claim.out_of_scope),
    ]
    return "\n".join(f"{name}: {value}" for name, value in rows if value)


def _place(name: str, relation: str | None, place_id: str | None) -> str:
    words = f"{relation} {name}" if relation else name
    return f"{words} [{place_id}]" if place_id else words


def _number(quantity: Quantity) -> str:
    high = f" to {quantity.high:g}" if quantity.high is not None else ""
    return f"{_words(str(quantity.comparator))} {quantity.value:g}{high} {quantity.unit}"
