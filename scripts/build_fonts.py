"""Cut the fonts that pictures are set in to the letters of our maps: Latin and Cyrillic.

    python scripts/build_fonts.py FOLDER

FOLDER holds NotoSans-Regular.ttf, -Bold.ttf and -Italic.ttf (Debian: package fonts-noto-core).
Needs fontTools, which the package itself does not. The result is committed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset

FONTS = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf")
LETTERS = (
    range(0x20, 0x180), range(0x218, 0x21C), range(0x2BC, 0x2BD), range(0x400, 0x530),
    range(0x2010, 0x2030), range(0x2032, 0x203B), (0x20AC, 0x2116, 0x2190, 0x2192, 0x2212),
)  # fmt: skip
TARGET = Path(__file__).parents[1] / "src/contested/render/fonts"


def main() -> None:
    """Write every font of FOLDER, cut, beside the drawing code."""
    folder = Path(sys.argv[1])
    letters = ",".join(f"U+{code:04X}" for codes in LETTERS for code in codes)
    for name in FONTS:
        path = TARGET / name
        subset.main([str(folder / name), f"--unicodes={letters}", "--no-hinting",
                     "--layout-features=kern,mark", "--name-IDs=*",
                     "--no-recalc-timestamp", f"--output-file={path}"])  # fmt: skip
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
