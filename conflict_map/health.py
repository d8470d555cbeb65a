"""Is the web process of this container well? Run as a program; exits with 1 and a reason where it is not.

The site answers only to its own names, so the question is asked under the first of them.
"""

import os
import sys
from urllib.request import Request, urlopen

name = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().strip(".*") or "localhost"
address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/healthz"
try:
    urlopen(Request(address, headers={"Host": name}), timeout=4).close()
except OSError as error:
    sys.exit(f"{address} as {name}: {error}")
