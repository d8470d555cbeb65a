"""How many histories are tried: few at each run of the suite, many with HYPOTHESIS_PROFILE=long."""

import os

from hypothesis import HealthCheck, Phase, settings

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
# Explaining a failure of the database takes minutes and says less than the history itself.
PHASES = [phase for phase in Phase if phase is not Phase.explain]


def effort(examples: int, steps: int = 1) -> settings:
    return settings(
        max_examples=examples * 50 if LONG else examples,
        stateful_step_count=steps * 2 if LONG else steps,
        phases=PHASES,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
