"""What Hypothesis tries at each run: the same every time, so that a run fails for what was changed and not for what
was drawn; with HYPOTHESIS_PROFILE=long other examples each time (tests/oracle/effort.py says how many more).
"""

import os

from hypothesis import HealthCheck, settings

# How long an example takes says how busy the machine is. What a fixture holds is not altered by the examples.
_ANY = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
}


def choose() -> None:
    """Before any test is read: a test's own settings are made from those of the profile."""
    settings.register_profile("suite", derandomize=True, **_ANY)
    settings.register_profile("long", **_ANY)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))
