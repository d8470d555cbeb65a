"""The small war, and a client."""

import pytest

from events.models import Conflict
from tests.war import make_war


@pytest.fixture
def war(db: None) -> Conflict:
    return make_war()
