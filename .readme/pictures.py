"""Makes the README's pictures: the program paints its own screens on the sample school, and a few are kept.

python .readme/pictures.py        # with the environment's Python: .venv/bin/python, on Windows .venv\\Scripts\\python
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent

KEPT = {
    "head-today": "today",
    "head-review-several": "review",
    "head-case-waiting": "case",
    "head-reports": "report",
}
"""Which screens of the tour are kept, and what they are called here."""


def main() -> int:
    """Paint, keep, and make small: 256 colours are enough for a screen of words, if the rare ones are among them."""
    with tempfile.TemporaryDirectory() as scratch:
        tour = ["-m", "app", "tour", "--out", scratch, "--scheme", "light", "--size", "1600x900"]
        code = subprocess.call([sys.executable, *tour], cwd=HERE.parent)
        if code:
            return code
        for screen, name in KEPT.items():
            (found,) = Path(scratch).glob(f"[0-9][0-9]-{screen}-light.png")
            with Image.open(found) as picture:
                small = picture.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
                small.save(HERE / f"{name}.png", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
