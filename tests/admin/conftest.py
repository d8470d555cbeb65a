"""The small war, and its chief signed in."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from events.models import Conflict
from tests.war import make_war


@pytest.fixture
def war(db: None) -> Conflict:
    return make_war()


@pytest.fixture
def chief(client: Client, war: Conflict) -> Client:
    client.force_login(get_user_model().objects.create_superuser("chief", "c@example.org", "x"))
    return client
