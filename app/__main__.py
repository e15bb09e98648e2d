"""Arguments in, exit code out."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program with this process's arguments."""
    from app.boot import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
