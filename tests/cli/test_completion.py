"""Tab completes names of places, as each shell takes them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def completed(cli, monkeypatch):
    def call(shell, *words):
        monkeypatch.setenv("_CONTESTED_COMPLETE", f"{shell}_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(words))
        last = words[-1] if shell == "fish" else str(len(words) - 1)
        monkeypatch.setenv("COMP_CWORD", last)
        return cli().out.splitlines()

    return call


@pytest.mark.parametrize(
    "words",
    [
        ("places", "find", "Kramat"),
        ("places", "find", "Lyman", "--near", "Kramat"),
        ("timeline", "Kramat"),
        ("corridor", "Kramat"),
        ("map", "Pokrovsk", "--also", "Kramat"),
        ("chart", "strips", "Pokrovsk", "Kramat"),
        ("vintage", "--near", "Kramat"),
    ],
)
def test_every_command_that_takes_a_place_completes_it(completed, words):
    assert completed("bash", "contested", *words) == ["plain,Kramatorsk"]


def test_names_come_in_the_letters_that_were_typed(completed):
    assert completed("fish", "contested", "timeline", "Часі") == ["plain,Часів Яр"]


def test_bash_alone_needs_the_space_escaped(completed):
    words = ("contested", "timeline", "Chasiv")
    assert completed("bash", *words) == [r"plain,Chasiv\\ Yar"]
    assert "Chasiv Yar" in completed("zsh", *words)
    assert completed("bash", "contested", "timeline", '"Chasiv Y') == ["plain,Chasiv Yar"]


def test_bash_itself_puts_one_word_in():
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash here")
    script = """
        eval "$(_CONTESTED_COMPLETE=bash_source contested)"
        COMP_WORDS=(contested timeline 'Velyka\\ Nov') COMP_CWORD=2
        _contested_completion contested
        printf '%s' "${COMPREPLY[@]}"
    """
    here = str(Path(sys.executable).parent)
    ran = subprocess.run(
        [bash, "-c", script], capture_output=True, text=True, check=True,
        env={"PATH": f"{here}:/usr/bin:/bin", "LANG": "C.UTF-8"},
    )  # fmt: skip
    assert ran.stdout == r"Velyka\ Novosilka"
