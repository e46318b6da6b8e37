"""A real browser for the page: Debian's Chromium through Playwright, offline by construction."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from browser_page import (
    REPOSITORY,
    Reader,
    continued_site,
    figures_site,
    points_site,
    world_site,
)

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    skip = pytest.mark.skip(reason="no chromium on this machine: apt-get install chromium")
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # One worker, so that one browser serves all of them.
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None:
                item.add_marker(skip)


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--enable-unsafe-swiftshader"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    """A small world of five days as one file and as a folder."""
    from contested.render.site import single_file, site_files

    folder = tmp_path_factory.mktemp("site")
    site = world_site()
    (folder / "one.html").write_bytes(single_file(site))
    (folder / "continued.html").write_bytes(single_file(continued_site()))
    (folder / "figures.html").write_bytes(single_file(figures_site()))
    (folder / "points.html").write_bytes(single_file(points_site()))
    for name, content in site_files(site).items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def reader(chromium):
    """Opens pages and, at the end, fails if one of them erred or asked the network."""
    opened = Reader(chromium)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def axe() -> str:
    path = REPOSITORY / "web/node_modules/axe-core/axe.min.js"
    if not path.is_file():
        pytest.skip("axe-core is not installed: python scripts/build_client.py --install")
    return path.read_text(encoding="utf-8")
