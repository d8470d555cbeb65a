"""The small war, its desk, and forms as a browser sends them."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from events.models import Conflict
from tests.factories import MembershipFactory, SourceFactory, UserFactory
from tests.war import make_war


@pytest.fixture
def war(db: None) -> Conflict:
    """`make_war`, with a second, independent source."""
    SourceFactory(slug="agency", name="An agency")
    return make_war()


def person(war: Conflict, role: str) -> Any:
    return MembershipFactory(user=UserFactory(username=role), conflict=war, role=role).user


@pytest.fixture
def editor(war: Conflict) -> Any:
    return person(war, "editor")


@pytest.fixture
def reporter(war: Conflict) -> Any:
    return person(war, "reporter")


@pytest.fixture
def at_desk(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def post(**changed: Any) -> dict[str, Any]:
    """A whole form: SDF retook East on 3 July 2017, says the agency."""
    return {
        "key": "a-key",
        "version": "0",
        "actor": "قسد",
        "verb": "retook",
        "places": ["East"],
        "other_actor": "",
        "date": "2017-07-03",
        "place_count": "",
        "headline": "",
        "note": "",
        "ruling": "accepted",
        "ruling_reason": "",
        "override_reason": "checked by telephone",
        "source": ["An agency"],
        "stance": ["reports"],
        "title": ["SDF back in East"],
        "url": ["https://agency.example/1"],
        "published": ["2017-07-04"],
        "quote": ["they are back"],
        "citation_note": [""],
        "do": "save",
        **changed,
    }


def posted(form: dict[str, Any]) -> QueryDict:
    """As Django hands it to a view."""
    query = QueryDict(mutable=True)
    for name, value in form.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query
