"""The catalogues: complete, compiled as they stand, and served to pages and scripts."""

import unicodedata
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from events.chronology.dates import MONTHS, in_words
from events.chronology.standing import Standing
from events.editing.lists import in_a_line
from events.ledger.words import standing_in_words
from events.models import Conflict, Draft
from tests.i18n.catalogues import Message, in_template, placeholders, read_po, wanted
from tests.war import make_war

LOCALE = Path(settings.LOCALE_PATHS[0])
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
NAMES = [f"{path.parts[-3]}-{path.stem}" for path in CATALOGUES]
# The forms for no, one and two may say the number in a word.
IN_A_WORD = (0, 1, 2)

each = pytest.mark.parametrize("path", CATALOGUES, ids=NAMES)


def messages(path: Path) -> list[Message]:
    return read_po(path.read_text("utf-8"))


@pytest.fixture
def war(db: None) -> Conflict:
    return make_war()


def test_every_language_but_english_has_both_catalogues() -> None:
    wanted_names = {
        f"{code}-{domain}"
        for code, _ in settings.LANGUAGES
        if code != "en"
        for domain in ("django", "djangojs")
    }
    assert set(NAMES) == wanted_names


@each
def test_every_message_is_translated(path: Path) -> None:
    found = messages(path)
    assert found
    assert [m.msgid for m in found if m.fuzzy] == []
    assert [m.msgid for m in found if not all(text.strip() for text in m.forms.values())] == []
    assert [m.msgid for m in found if len(m.forms) != (6 if m.plural else 1)] == []
    assert len({m.msgid for m in found}) == len(found)
    assert "#~" not in path.read_text("utf-8")


@each
def test_a_translation_has_the_placeholders_of_its_message(path: Path) -> None:
    for message in messages(path):
        due = placeholders(message.plural or message.msgid)
        for number, text in message.forms.items():
            said = placeholders(text)
            if message.plural and number in IN_A_WORD:
                assert said <= due and len(due - said) <= 1, message.msgid
            else:
                assert said == due, message.msgid
            # A doubled sign is one for a script, or a plain one: it stays doubled.
            assert text.count("%%(") == message.msgid.count("%%("), message.msgid
            bare = text.replace("%%", "")
            assert bare.count("%") == bare.count("%("), message.msgid


@each
def test_the_compiled_catalogue_says_what_the_text_says(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    said: dict[str | tuple[str, int], str] = {}
    for message in messages(path):
        for number, text in message.forms.items():
            said[(message.msgid, number) if message.plural else message.msgid] = text
    assert {key: text for key, text in compiled.items() if key != ""} == said


@each
def test_nothing_that_the_code_says_is_missing(path: Path) -> None:
    known = {message.msgid for message in messages(path)}
    assert sorted(wanted(settings.BASE_DIR, path.stem) - known) == []


def test_a_text_added_to_a_template_is_noticed() -> None:
    source = (
        "{% load i18n %}{% translate 'Brand new' %}"
        "{% blocktranslate with day=at|date:'j F' %}Newer on {{ day }}{% endblocktranslate %}"
        "{% blocktranslate count n=n %}{{ n }} thing{% plural %}{{ n }} things{% endblocktranslate %}"
    )
    assert set(in_template(source)) == {"Brand new", "Newer on %(day)s", "%(n)s thing"}


def test_words_known_at_run_time_only_are_in_the_catalogues() -> None:
    texts = {m.msgid for m in messages(LOCALE / "ar/LC_MESSAGES/django.po")}
    assert set(MONTHS) <= texts


def test_a_date_in_words_in_arabic() -> None:
    with (LOCALE / "ar/LC_MESSAGES/django.mo").open("rb") as file:
        arabic = GNUTranslations(file).gettext
    assert in_words("2017-06-29/2017-06-30", gettext=arabic) == ("في وقت ما بين 29 و30 يونيو 2017")
    assert in_words("2017-06-29/2017-07-02", gettext=arabic) == (
        "في وقت ما بين 29 يونيو و2 يوليو 2017"
    )
    assert in_words("2017-22", gettext=arabic) == "صيف 2017"


def test_the_scripts_get_arabic(client: Client) -> None:
    asked = client.get("/jsi18n/?lang=ar").json()["catalog"]
    assert asked["Legend"] == "مفتاح الخريطة"
    assert len(asked["%(count)s place"]) == 6
    accepted = client.get("/jsi18n/", headers={"Accept-Language": "ar"}).json()["catalog"]
    assert accepted == asked
    assert client.get("/jsi18n/?lang=en").json()["catalog"] == {}


def test_the_map_page_in_arabic(client: Client, war: Conflict) -> None:
    html = client.get(f"/{war.slug}/", headers={"Accept-Language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert "كل الأماكن ومن يسيطر عليها" in html
    assert "Every place, and who holds it" not in html


def test_a_sentence_of_a_change_in_arabic(client: Client, war: Conflict) -> None:
    html = client.get(f"/{war.slug}/changes/", headers={"Accept-Language": "ar"}).content.decode()
    assert "سيطرة " in html


def test_what_a_change_did_is_read_from_right_to_left(client: Client, war: Conflict) -> None:
    arabic = client.get(f"/{war.slug}/changes/c2/", headers={"Accept-Language": "ar"})
    assert "←" in arabic.content.decode()
    assert "→" not in arabic.content.decode()
    assert "→" in client.get(f"/{war.slug}/changes/c2/").content.decode()


# Read on its own (`<bdi>`, dir="auto"), a line has the direction of its first letter: were that one of a Latin name,
# the place would take the actor.
def test_a_sentence_of_who_and_where_begins_from_the_right_whatever_the_names() -> None:
    said = {
        message.msgid: text % dict.fromkeys(("actor", "other", "places", "verb"), "IS")
        for message in messages(LOCALE / "ar/LC_MESSAGES/django.po")
        if {"places"}
        < {name for name, _ in placeholders(message.msgid)}
        <= {"actor", "other", "places", "verb"}
        for text in message.forms.values()
    }
    assert said
    assert [msgid for msgid, text in said.items() if first_direction(text) == "L"] == []


def first_direction(text: str) -> str:
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((found for found in directions if found in {"L", "R", "AL"}), "")


# Without its isolates the line would be read from left to right: the loser would take it from the winner.
def test_latin_names_in_an_arabic_line_keep_their_order() -> None:
    changing = Standing(state="changing", holds=("is",), to=("sdf",))
    draft = Draft(typed={"actor": "SDF", "verb": "retook", "places": ["Raqqa"]})
    with override("ar"):
        assert "\u2068IS\u2069 ← \u2068SDF\u2069" in standing_in_words(
            changing, {"is": "IS", "sdf": "SDF"}
        )
        assert in_a_line(draft).said == "\u200f\u2068SDF\u2069 استعادة \u2068Raqqa\u2069"
        assert in_a_line(Draft(typed={})).said == "لم يُكتب شيء بعد"
    assert in_a_line(draft).said == "SDF retook Raqqa"
