"""The server: the same files, tagged, compressed and fenced; the commands' JSON beside them."""

from __future__ import annotations

import gzip

import httpx
import pytest
from anyio.from_thread import start_blocking_portal

from browser_page import world_series, world_site
from contested.history.measure import areas_on
from contested.history.reference import ReferenceEngine
from contested.jobs.serve import QUESTIONS, create_app
from contested.jobs.site_basemap import basemap_of
from contested.render.site import site_files

FILES = site_files(world_site())


def ask(path, *, engine=True, host="127.0.0.1", method="GET", basemap=None, **headers):
    app = create_app(FILES, ReferenceEngine(world_series()) if engine else None, basemap=basemap)

    async def once():
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
            return await client.request(method, path, headers=headers)

    # A loop in a thread of its own: the browser's fixture leaves one running in this thread, so
    # that asyncio.run would fail in whichever worker a browser test came before.
    with start_blocking_portal() as portal:
        return portal.call(once)


@pytest.mark.parametrize("name", ["index.html", "client.js", "history.ctwp", "client.css"])
def test_files_are_the_files_of_the_site(name):
    answer = ask(f"/{name}")
    assert answer.content == FILES[name]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe-eval" not in answer.headers["content-security-policy"]


def test_a_base_map_is_let_through_by_its_origin_only():
    asked = basemap_of("https://tiles.example.org/{z}/{x}/{y}.png", "me")
    policy = ask("/", basemap=asked).headers["content-security-policy"]
    opened = [one for one in policy.split("; ") if "https:" in one]
    assert opened == [
        "connect-src 'self' blob: https://tiles.example.org",
        "img-src 'self' data: blob: https://tiles.example.org",
    ]
    assert "https:" not in ask("/").headers["content-security-policy"]
    answer = ask("/api/days", basemap=asked)
    assert "https:" not in answer.headers["content-security-policy"]


def test_the_root_is_the_page():
    assert ask("/").content == FILES["index.html"]


def test_a_known_tag_is_answered_with_nothing():
    tag = ask("/client.js").headers["etag"]
    again = ask("/client.js", **{"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_compressed_only_for_who_can_read_it():
    plain = ask("/maplibre.js", **{"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    packed = ask("/maplibre.js", **{"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    assert packed.content == plain.content
    assert gzip.compress(b"") != plain.content


def test_a_foreign_host_name_is_refused():
    assert ask("/", host="evil.example").status_code == 400


@pytest.mark.parametrize("path", ["/../pyproject.toml", "/%2e%2e/etc/passwd", "/nothing"])
def test_nothing_outside_the_files_is_served(path):
    assert ask(path).status_code == 404


def test_only_reading_is_possible():
    assert ask("/", method="POST").status_code == 405
    assert ask("/api/area?on=2023-01-01", method="DELETE").status_code == 405


def test_areas_are_the_command_s_answer():
    from datetime import date

    answer = ask("/api/area?on=2023-01-01").json()
    expected = areas_on(ReferenceEngine(world_series()), date(2023, 1, 1))
    assert answer["areas_km2"] == expected.areas_km2
    assert answer["snapshot"] == expected.snapshot


@pytest.mark.parametrize(
    ("path", "code", "said"),
    [
        ("/api/area?on=2023-01-04", 404, "no map of 2023-01-04"),
        ("/api/area?on=<script>", 400, "not a day"),
        ("/api/area", 400, "from is missing"),
        ("/api/changes?from=2023-01-05&to=2023-01-01", 400, "swap the dates"),
        ("/api/status?lon=x&lat=1&on=2023-01-01", 400, "lon"),
        ("/api/status?lon=nan&lat=1&on=2023-01-01", 400, "not a longitude"),
        ("/api/timeline?lon=36.2&lat=148.2", 400, "not a longitude"),
    ],
)
def test_a_question_badly_put_is_one_line(path, code, said):
    answer = ask(path)
    assert answer.status_code == code
    assert said in answer.json()["error"]
    assert answer.headers["content-type"] == "application/json"


def test_points_only_is_said():
    answer = ask("/api/area?on=2023-01-01", engine=False)
    assert (answer.status_code, "points only" in answer.json()["error"]) == (404, True)


def test_every_question_is_described_and_answers():
    described = ask("/api/openapi.json").json()
    assert set(described["paths"]) == set(QUESTIONS)
    asked = {
        "/api/days": "", "/api/area": "?from=2023-01-01&to=2023-01-05",
        "/api/changes": "?from=2023-01-01&to=2023-01-05",
        "/api/status": "?lon=36.2&lat=48.2&on=2023-01-01", "/api/timeline": "?lon=36.5&lat=48.2",
    }  # fmt: skip
    for path, query in asked.items():
        assert ask(path + query).status_code == 200
