"""axe-core on every state of the page: light and dark, both languages, wide and narrow."""

from __future__ import annotations

import json

import pytest


def violations(view, axe: str) -> list[str]:
    view.evaluate(axe)
    found = view.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{one['id']}: {one['help']} {json.dumps([node['target'] for node in one['nodes']])[:300]}"
        f" {one['nodes'][0].get('failureSummary', '')[:300]}"
        for one in found
    ]


@pytest.mark.parametrize("size", [(390, 844), (1200, 800)])
@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_violation(reader, world, axe, theme, language, size):
    hash_ = f"#d=2023-01-03&c=2023-01-01&p=2&q=48.2/36.45&t={theme}&lang={language}"
    # axe is evaluated from outside the page, which the page's own policy forbids to itself.
    view = reader.open(world / "one.html", hash_, size=size, bypass_csp=True)
    assert violations(view, axe) == []
    view.locator("#open-table").click()
    assert violations(view, axe) == []
    view.keyboard.press("Escape")
    view.locator("#open-share").click()
    assert violations(view, axe) == []


@pytest.mark.parametrize("size", [(390, 844), (1200, 800)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_violation_with_the_claims_of_an_article(reader, world, axe, theme, size):
    hash_ = f"#d=2023-01-04&c=2023-01-03&k=000000000002&m=9/48.2/36.5&t={theme}"
    view = reader.open(world / "continued.html", hash_, size=size, bypass_csp=True)
    if size[0] < 800:
        view.locator("#pull").click()
    assert violations(view, axe) == []
