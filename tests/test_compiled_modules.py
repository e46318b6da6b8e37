"""What `make compiled` needs of the modules it compiles; the build itself takes minutes."""

import dataclasses
import importlib
import tomllib
import typing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOOK = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"][
    "build"
]["targets"]["wheel"]["hooks"]["mypyc"]


def test_the_wheel_is_pure_unless_asked():
    assert HOOK["enable-by-default"] is False


@pytest.mark.parametrize("path", HOOK["include"])
def test_dataclasses_of_compiled_modules_know_their_annotations(path):
    """A compiled dataclass looks its annotations up when it is imported, or the import fails."""
    assert (ROOT / path).is_file()
    name = path.removeprefix("src/").removesuffix(".py").replace("/", ".")
    module = importlib.import_module(name)
    for value in vars(module).values():
        own = isinstance(value, type) and value.__module__ == name
        if own and dataclasses.is_dataclass(value):
            assert typing.get_type_hints(value).keys() >= {
                f.name for f in dataclasses.fields(value)
            }
