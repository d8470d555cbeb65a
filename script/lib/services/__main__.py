"""The entry: `python script/lib/services ...`. It owns nothing but the way to the package."""

import sys
from pathlib import Path

if __name__ == "__main__":
    # Python put this directory first, where `redis` would be ours: the one above it is meant.
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from services.commandline import main

    sys.exit(main())
