"""Where the real series lie; tests that need them skip, saying so, where they are absent."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

import pytest
from hypothesis import HealthCheck, settings

from real_series import DAILY, FULL, SHARED, members

pytest_plugins = ["bookfixtures"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the golden pictures anew")


def pytest_configure() -> None:
    """Keep out of the tests what the person who runs them has added, or set, for themselves."""
    for name in ("CONTESTED_BOOK", "CONTESTED_BOUNDARIES"):
        os.environ.pop(name, None)
    os.environ["XDG_DATA_HOME"] = own = tempfile.mkdtemp(prefix="contested-tests-")
    atexit.register(shutil.rmtree, own, ignore_errors=True)
    # a busy machine is no failure: no example is judged by the clock
    settings.register_profile(
        "clockless", deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("clockless")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if SHARED.is_dir():
        return
    skip = pytest.mark.skip(reason="../shared is absent: the real series are not here")
    for item in items:
        if item.get_closest_marker("real"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def full_series():
    from contested.history.series import SeriesBuilder
    from contested.sources.deepstate.parse import Memo, parse
    from contested.sources.deepstate.rules import CARRIES

    builder, memo = SeriesBuilder("deepstate", CARRIES), Memo()
    for name, content in members(FULL):
        builder.add(parse(content, name, memo))
    return builder.build()


@pytest.fixture(scope="session")
def daily_series():
    from contested.history.series import SeriesBuilder
    from contested.sources.deepstate_daily.parse import CARRIES, Memo, parse

    builder, memo = SeriesBuilder("deepstate_daily", CARRIES), Memo()
    for name, content in members(DAILY):
        builder.add(parse(content, name, memo))
    return builder.build()
