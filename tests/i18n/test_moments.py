"""A day and an hour as the pages write them."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.utils import translation

from events.templatetags.dated import moment

AT = datetime(2017, 6, 30, 14, 5, tzinfo=UTC)
COMMA_OF_ITS_OWN = re.compile(r"""\|date:(["'])[^"']*,[^"']*\1""")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "30 June 2017, 14:05"), ("ar", "30 يونيو 2017، 14:05")]
)
def test_the_hour_stands_after_the_comma_of_the_language(language: str, said: str) -> None:
    with translation.override(language):
        assert moment(AT, "j F Y, H:i") == said


def test_no_moment_is_no_text() -> None:
    assert moment(None, "j F Y, H:i") == ""


def test_no_template_writes_a_latin_comma_into_a_date() -> None:
    pages = list((settings.BASE_DIR / "templates").rglob("*.html"))
    assert pages
    assert [page.name for page in pages if COMMA_OF_ITS_OWN.search(page.read_text())] == []
