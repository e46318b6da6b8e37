"""The page of checked claims that one hands to an editor: one file, no script. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from contested.records.claim import Naming
from contested.records.verdict import CheckedClaim, Finding
from contested.render import wording
from contested.render.evidence import evidence
from contested.render.locator import render_locator
from contested.render.page import page, paragraph, section
from contested.render.report import map_figure
from contested.render.tables import Cell, Table, html_table, text
from contested.render.typeset import clean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from contested.records import Source
    from contested.records.claim import Claim, ClaimPlace
    from contested.records.verdict import Compared, MapUsed, Verdict
    from contested.render.picture import LocatorMap
    from contested.render.sheet import InputFile, MethodNote

METHOD: Final = "check-page/1"
SMALL_PX: Final = 300.0
SENTENCE_LIMIT: Final = 1200

_CHIPS: Final = {
    Finding.SUPPORTED: "good",
    Finding.MATCHES: "cited",
    Finding.PARTLY: "amber",
    Finding.DISPUTED: "amber",
    Finding.OUTDATED: "amber",
    Finding.CONTRADICTED: "brick",
    Finding.FIGURES_ONLY: "sand",
    Finding.NOT_HELD: "quiet",
    Finding.NOT_CHECKABLE: "quiet",
}
"""Finding -> colour of its chip; every chip says it in words too."""

_COLOURS: Final = {
    "good": ("#dcebe0", "#1d5b34", "#1f3d2a", "#a9d9b8"),
    "cited": ("#dfe8f1", "#1b4a73", "#1d3347", "#a9cbe8"),
    "amber": ("#f3e2bd", "#6d4a08", "#463512", "#eccb82"),
    "brick": ("#f2d5cc", "#8c2f1d", "#4f241b", "#f0b3a3"),
    "sand": ("#f3e6d0", "#6a4a17", "#40341f", "#e4cb9d"),
    "quiet": ("#eae7e1", "#4d4841", "#37332d", "#c9c2b6"),
}
"""Chip -> background and text, light and dark; text on background has a contrast of 5 or more."""

_COUNTED: Final = (
    (Finding.SUPPORTED, "supported"),
    (Finding.MATCHES, "match the map they cite"),
    (Finding.PARTLY, "partly supported"),
    (Finding.DISPUTED, "disputed between sources"),
    (Finding.OUTDATED, "outdated"),
    (Finding.CONTRADICTED, "contradicted"),
    (Finding.FIGURES_ONLY, "figures only"),
    (Finding.NOT_HELD, "not held"),
)

_KINDS: Final = {"length_area": "area", "change_of_control": "change of control"}

_STYLE: Final = """
.counts{display:flex;flex-wrap:wrap;gap:.6rem 2.1rem;margin:0 0 1rem}
.counts div{display:flex;flex-direction:column-reverse}
.counts dt{font-size:.83rem}.counts dd{margin:0;font-size:1.55rem;font-weight:700;line-height:1.2}
.claim{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:.2rem 2.2rem;
border-top:1px solid var(--rule);padding:1.2rem 0;break-inside:avoid}
.claim:first-of-type{border-top:0}
.claim blockquote{margin:0;font-size:1.12rem;line-height:1.4}
.claim{grid-template-rows:auto 1fr}
.claim .verdict{grid-column:2;grid-row:1/span 2}
.claim figure{max-width:300px}
.claim .number{text-align:left;margin:.35rem 0;font-size:.98rem;line-height:1.45}
.claim .read{font-size:.92rem;margin:.3rem 0 .1rem}
.claim .small{font-size:.82rem;color:var(--soft-ink);margin:.3rem 0;line-height:1.45}
.claim .later{border-left:3px solid var(--rule);padding-left:.7rem}
.claim details{font-size:.8rem;color:var(--soft-ink);margin-top:.4rem}
.claim details ul{margin:.3rem 0;padding-left:1.1rem}
.claim summary{cursor:pointer}
.chip{display:inline-block;border-radius:1rem;padding:.1rem .68rem;font-size:.84rem;
font-weight:700;margin:0 .35rem .15rem 0}
@media (max-width:620px){.claim{grid-template-columns:minmax(0,1fr);gap:.7rem}
.claim .verdict{grid-column:auto;grid-row:auto}
.claim figure{max-width:100%}}
"""


@dataclass(frozen=True, slots=True, eq=False)
class CheckPage:
    """Everything on the page.

    Attributes
    ----------
    maps_until
        Day of the newest map as of publication; `None` where no map is held.
    now_until
        Day of the newest map held.
    source_titles
        Whose maps were compared.
    map
        Where the places of the claims lie; `None` without a map.
    pictures
        Identifier of a claim → its small map.
    """

    title: str
    published: date
    maps_until: date | None
    now_until: date | None
    source_titles: tuple[str, ...]
    claims: tuple[CheckedClaim, ...]
    map: LocatorMap | None
    pictures: Mapping[str, LocatorMap] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    inputs: tuple[InputFile, ...] = ()
    methods: tuple[MethodNote, ...] = ()
    version: str = ""


def check_page(content: CheckPage) -> str:
    """Return the page of checked claims."""
    title = f"Claims checked: {clean(content.title)}"
    compared = [one for one in content.claims if one.verdict.verdict is not Finding.NOT_CHECKABLE]
    others = [one for one in content.claims if one.verdict.verdict is Finding.NOT_CHECKABLE]
    body = [
        _header(title, _deck(content)),
        _counts(content.claims, len(compared)),
        paragraph(_HOW_TO_READ, "note"),
        _map(content),
        section("What was compared", *(_claim(one, content) for one in compared), name="compared"),
        section("What cannot be checked, and why", _unchecked(others), name="unchecked"),
        section("How to read the verdicts", _key(content.claims), name="key"),
        *_evidence(content),
        section("Boundaries", paragraph(wording.DISCLAIMER), name="boundaries"),
    ]
    return page(title, "\n".join(part for part in body if part), style=_STYLE + _chip_style())


_HOW_TO_READ: Final = (
    "Each claim stands beside what a dated map or the gazetteer shows. A map is one source’s "
    "assessment: agreement with it is not independent confirmation, and a map can lag by days."
)


def _header(title: str, deck: str) -> str:
    return f'<header>\n<h1>{text(title)}</h1>\n<p class="deck">{text(deck, 600)}</p>\n</header>'


def _evidence(content: CheckPage) -> tuple[str, ...]:
    """Return sources, inputs and methods; the list of files, which may be long, is folded."""
    sources, inputs, methods = evidence(
        content.sources, content.inputs, content.methods, content.version
    )
    count = len(content.inputs)
    summary = f"{count} map file{'' if count == 1 else 's'} with the hash of every one"
    folded = f"<details><summary>{summary}</summary>\n{inputs}\n</details>"
    return sources, methods, folded if count else ""


def _deck(content: CheckPage) -> str:
    published = f"Published {wording.day(content.published)}"
    if content.maps_until is None:
        return f"{published} · no map of that day is held: dated points and the gazetteer only"
    whose = wording.and_list(clean(one) for one in content.source_titles)
    return (
        f"{published} · compared with {whose}, up to the map of {wording.day(content.maps_until)} "
        "· as of publication"
    )


def _counts(claims: tuple[CheckedClaim, ...], compared: int) -> str:
    found = [one.verdict.verdict for one in claims]
    rows = [(len(claims), "claims"), (compared, "compared")]
    rows += [(found.count(finding), words) for finding, words in _COUNTED if finding in found]
    rows.append((len(claims) - compared, "not checkable, with the reason"))
    items = "".join(f"<div><dt>{text(words)}</dt><dd>{count}</dd></div>" for count, words in rows)
    return f'<dl class="counts">{items}</dl>'


def _map(content: CheckPage) -> str:
    return "" if content.map is None else map_figure(content.map)


def _claim(one: CheckedClaim, content: CheckPage) -> str:
    verdict = one.verdict
    right = [
        chip(verdict.verdict, verdict.reason.value if verdict.reason else ""),
        f'<p class="number">{text(verdict.number, SENTENCE_LIMIT)}</p>' if verdict.number else "",
        f'<p class="small">{text(verdict.sentence, SENTENCE_LIMIT)}</p>',
        *(f'<p class="small">{text(note, SENTENCE_LIMIT)}</p>' for note in verdict.notes),
        _later(one),
        *(_judged(one, index) for index in range(len(one.judgements))),
        _steps(one),
    ]
    left = [
        f"<blockquote>{text(_quote(one), 400)}</blockquote>",
        f'<p class="read">{text(described(one.claim), 400)}</p>' if one.quote else "",
        f'<p class="small">{text(_said(one), 400)}</p>',
        _reading(one),
    ]
    return (
        f'<div class="claim" id="c-{text(one.id)}">\n<div>{"".join(filter(None, left))}</div>\n'
        f'<div class="verdict">{"".join(filter(None, right))}</div>\n{_picture(one, content)}</div>'
    )


def chip(finding: Finding, detail: str = "") -> str:
    """Return a verdict as a chip that says it in words."""
    words = f"{finding.value}: {detail}" if detail else finding.value
    return f'<span class="chip {_CHIPS[finding]}">{text(words)}</span>'


def _chip_style() -> str:
    light = "".join(
        f".{name}.chip{{background:{back};color:{ink}}}"
        for name, (back, ink, _, _) in _COLOURS.items()
    )
    dark = "".join(
        f".{name}.chip{{background:{back};color:{ink}}}"
        for name, (_, _, back, ink) in _COLOURS.items()
    )
    return f"{light}\n@media screen and (prefers-color-scheme:dark){{{dark}}}\n"


def _quote(one: CheckedClaim) -> str:
    if one.quote:
        return f"“{clean(one.quote, 400).strip('“”… ')} …”"
    return described(one.claim)


def described(claim: Claim) -> str:
    """Return a claim as it was read: its kind, what it is about, its figures."""
    places = wording.and_list(_place(place) for place in claim.places)
    numbers = ", ".join(
        " ".join(filter(None, (_comparator(q.comparator.value), f"{q.value:,.10g}", _unit(q.unit))))
        for q in claim.quantities
    )
    subject = claim.subject if claim.subject and claim.subject not in places else ""
    about = ": ".join(filter(None, (subject, places))) or "no place named"
    denied = "denied: " if claim.negated else ""
    return " · ".join(filter(None, (f"{denied}{_kind(claim)}", about, numbers)))


def _place(place: ClaimPlace) -> str:
    return f"{place.relation} {place.name}" if place.relation else place.name


def _comparator(word: str) -> str:
    return "" if word == "exactly" else word.replace("_", " ")


def _unit(unit: str) -> str:
    return {
        "mile": "miles",
        "km2": "km²",
        "count": "",
        "fraction": "of the whole",
        "ratio": "to one",
    }.get(unit, unit)


def _kind(claim: Claim) -> str:
    return _KINDS.get(claim.kind.value, claim.kind.value.replace("_", " "))


def _said(one: CheckedClaim) -> str:
    return " · ".join(filter(None, (speaker(one.claim), _when(one))))


def speaker(claim: Claim) -> str:
    """Return who says it; a private person only as a role."""
    said = claim.attribution
    if said.naming is Naming.REPORTER:
        return "the text, in its own voice"
    if said.private:
        return said.role or "a private person"
    if said.naming is Naming.ORGANISATION and said.organisation:
        return ", ".join(filter(None, (said.organisation, said.channel)))
    who = ", ".join(filter(None, (said.speaker, said.role)))
    return who or said.organisation or "who says it is unclear"


def _when(one: CheckedClaim) -> str:
    time = one.claim.time
    if time is None or time.first is None or time.last is None:
        return ""
    if time.basis.startswith("publication"):
        return "as of publication"
    if time.first == time.last:
        return wording.day(time.first)
    return f"{wording.day(time.first)} to {wording.day(time.last)}"


def _reading(one: CheckedClaim) -> str:
    if not one.reading.why:
        return ""
    words = f"Reading less sure: {'; '.join(one.reading.why)}."
    return f'<p class="small">{text(words, 400)}</p>'


def _picture(one: CheckedClaim, content: CheckPage) -> str:
    drawn = content.pictures.get(one.id)
    if drawn is None:
        return ""
    drawing = render_locator(drawn, SMALL_PX, prefix=f"s{one.id}", titled=False, footed=False)
    return f"<figure>{drawing}<figcaption>{text(_caption(drawn), 600)}</figcaption></figure>"


def _caption(drawn: LocatorMap) -> str:
    """Return what a small picture shows, whose map it is, and which colour means what."""
    made = drawn.attribution
    changed = ""
    if drawn.since is not None and drawn.changes:
        changed = f" Strong red: occupied since {wording.day(drawn.since)}; blue: no longer."
    ring = " Ring: what was measured." if drawn.discs else ""
    return (
        f"{clean(made.source_title)}, {wording.day(made.as_of)}. Light red: occupied since 2014 or "
        f"2022.{changed}{ring} Not independently confirmed. {clean(made.credits[0])}"
    )


def _later(one: CheckedClaim) -> str:
    """Return what the newest map shows, where it says something else."""
    now = one.now
    if now is None or (now.verdict is one.verdict.verdict and now.number == one.verdict.number):
        return ""
    day = max((m.as_of for m in now.maps), default=None)
    when = f"by the map of {wording.day(day)}" if day else "as of now"
    word = "" if now.verdict is one.verdict.verdict else f" {now.verdict.value},"
    found = f" {now.number}" if now.number else ""
    words = f"Later, {when}:{word}{found}".rstrip(",: ")
    return f'<p class="small later">{text(words, SENTENCE_LIMIT)}.</p>'


def _judged(one: CheckedClaim, index: int) -> str:
    made = one.judgements[index]
    differs = made.verdict is not one.verdict.verdict
    words = f"Judged by {made.by} on {made.at[:10]}: {made.why}"
    other = " The machine’s verdict differs." if differs else ""
    return f'<p class="small">{chip(made.verdict)}{text(words + other, 600)}</p>'


def _steps(one: CheckedClaim) -> str:
    """Return what was compared and the evidence, folded on a screen."""
    verdict = one.verdict
    items = [_compared(c) for c in verdict.compared]
    items += [f"map of {wording.day(m.as_of)}, {m.source}, {m.sha256[:16]}" for m in _few(verdict)]
    items += [clean(record, 300) for record in verdict.records]
    items += [f"method {method.label}" for method in verdict.methods]
    if not items:
        return ""
    rows = "".join(f"<li>{text(item, 400)}</li>" for item in items)
    redo = f"contested explain {one.id}"
    return (
        f"<details><summary>Evidence and steps</summary><ul>{rows}</ul>"
        f"<p>Redo it: <code>{text(redo)}</code></p></details>"
    )


def _few(verdict: Verdict) -> list[MapUsed]:
    """Return first and last of many maps: every hash is in the JSON and under Inputs."""
    maps = sorted(verdict.maps, key=lambda m: (m.as_of, m.sha256))
    return maps if len(maps) < 4 else [maps[0], maps[-1]]  # noqa: PLR2004


def _compared(one: Compared) -> str:
    claimed = f"claimed {one.claimed}, " if one.claimed else ""
    tolerance = f" (tolerance: {one.tolerance})" if one.tolerance else ""
    return f"{one.what}: {claimed}found {one.found}{tolerance}"


def _unchecked(claims: list[CheckedClaim]) -> str:
    if not claims:
        return paragraph("Nothing: every claim was compared.")
    groups: dict[str, list[CheckedClaim]] = {}
    for one in claims:
        groups.setdefault(one.verdict.reason.value if one.verdict.reason else "", []).append(one)
    return "\n".join(_group(reason, groups[reason]) for reason in sorted(groups))


def _group(reason: str, claims: list[CheckedClaim]) -> str:
    """Return the claims of one reason; the sentence that most of them share is said once."""
    sentences = [one.verdict.sentence for one in claims]
    shared = max(dict.fromkeys(sentences), key=sentences.count)
    rows = tuple(_unchecked_row(one, sentence=one.verdict.sentence != shared) for one in claims)
    caption = f"{reason[:1].upper()}{reason[1:]}: {len(claims)}. {shared}"
    return html_table(Table(caption, ("Claim", "As it was read"), rows))


def _unchecked_row(one: CheckedClaim, *, sentence: bool) -> tuple[Cell, Cell]:
    later = one.now.number if one.now and one.now.number != one.verdict.number else None
    notes = (one.verdict.sentence if sentence else "", f"Later: {later}" if later else "")
    read = described(one.claim)
    quote = _quote(one) if one.quote else "words not shown"
    return Cell(quote, note=speaker(one.claim)), Cell(read, note=" ".join(filter(None, notes)))


_MEANING: Final = {
    Finding.SUPPORTED: "What a map or the gazetteer shows agrees with the claim, within tolerance.",
    Finding.MATCHES: "The claim quotes this map, which shows it: no independent confirmation.",
    Finding.PARTLY: "Agrees in part, or the bound is far from the figure found.",
    Finding.DISPUTED: "Sources that are held differ among themselves.",
    Finding.OUTDATED: "An earlier map showed it; the map of the day does not.",
    Finding.CONTRADICTED: "What the map or the gazetteer shows does not agree with the claim.",
    Finding.FIGURES_ONLY: "A judgement or a risk: figures stand beside it, no verdict.",
    Finding.NOT_HELD: "No map or data that is held can answer.",
    Finding.NOT_CHECKABLE: "Opinion, will, things to come; too vague; no open data; out of scope.",
}  # fmt: skip


def _key(claims: tuple[CheckedClaim, ...]) -> str:
    found = {one.verdict.verdict for one in claims}
    rows = tuple((one.value, _MEANING[one]) for one in Finding if one in found)
    return html_table(Table("The verdicts on this page", (), rows))
