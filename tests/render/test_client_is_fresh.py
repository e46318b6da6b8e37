"""The client in the package is what `web/` builds."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess

import pytest

from browser_page import REPOSITORY

WEB = REPOSITORY / "web"
CLIENT = REPOSITORY / "src/contested/render/client"


def script():
    spec = importlib.util.spec_from_file_location(
        "build_client", REPOSITORY / "scripts/build_client.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def runs(command):
    try:
        subprocess.run([*command, "--version"], capture_output=True, timeout=90, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def test_built_files_and_sources_are_those_of_the_note():
    assert script().is_fresh(), "run `make client` and commit what it builds"


def test_a_changed_source_is_noticed(monkeypatch, tmp_path):
    module = script()
    shutil.copytree(WEB, tmp_path / "web", ignore=shutil.ignore_patterns("node_modules"))
    (tmp_path / "web/src/main.ts").write_text("export {};\n")
    monkeypatch.setattr(module, "WEB", tmp_path / "web")
    assert not module.is_fresh()


def test_the_lock_file_names_no_registry():
    lock = (WEB / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert "registry" not in lock


@pytest.mark.browser
def test_building_anew_gives_the_same_client(tmp_path):
    node = script().tool("node")
    if not (WEB / "node_modules").is_dir() or not runs(node):
        pytest.skip("no Node or no node_modules: `scripts/build_client.py --install`")
    vite = WEB / "node_modules/vite/bin/vite.js"
    env = {**os.environ, "CLIENT_OUT": str(tmp_path)}
    subprocess.run([*node, str(vite), "build"], cwd=WEB, env=env, check=True)
    for name in ("client.js", "client.css"):
        assert (tmp_path / name).read_bytes() == (CLIENT / name).read_bytes()
