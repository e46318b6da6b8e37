"""Where a page's figures come from: sources with terms, hashes of inputs, methods. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.render import wording
from contested.render.language import ENGLISH, Language
from contested.render.page import paragraph, section
from contested.render.report_words import ReportWords, report_words
from contested.render.tables import Cell, Table, html_table
from contested.render.typeset import clean

if TYPE_CHECKING:
    from contested.records import Source
    from contested.render.sheet import InputFile, MethodNote


def evidence(
    sources: tuple[Source, ...],
    inputs: tuple[InputFile, ...],
    methods: tuple[MethodNote, ...],
    version: str,
    language: Language = ENGLISH,
) -> tuple[str, str, str]:
    """Return the sections on sources, inputs and methods."""
    words = report_words(language)
    made = paragraph(words.made.format(version=clean(version)), "note")
    listed = "\n".join(_source(source, language) for source in sources)
    return (
        section(words.sections["sources"], listed, name="sources"),
        section(words.sections["inputs"], _inputs(inputs, language), name="inputs"),
        section(words.sections["methods"], _methods(methods, words), made, name="methods"),
    )


def _source(source: Source, language: Language) -> str:
    """Return one source as a table of two columns, which a phone can show too."""
    words = report_words(language)
    allowed = [name for use, name in words.allowed.items() if use in source.rights.allowed]
    said: tuple[Cell | str, ...] = (
        source.credit,
        words.lineage.format(lineage=source.lineage),
        source.date_rule,
        Cell(source.rights.terms, link=source.rights.terms_url),
        wording.day(source.rights.read_on, language),
        ", ".join(allowed) or words.nothing,
        source.rights.ask,
    )
    return html_table(Table(source.title, (), tuple(zip(words.source_rows, said, strict=True))))


def _inputs(inputs: tuple[InputFile, ...], language: Language) -> str:
    words = report_words(language)
    rows = tuple(
        (
            one.file,
            wording.day(one.day, language) if one.day else words.no_day,
            one.source,
            Cell(one.sha256, "hash"),
        )
        for one in inputs
    )
    return html_table(Table(words.input_caption, words.input_headings, rows))


def _methods(methods: tuple[MethodNote, ...], words: ReportWords) -> str:
    rows = tuple((one.name, one.version, words.methods.get(one.name, one.text)) for one in methods)
    return html_table(Table(words.method_caption, words.method_headings, rows))
