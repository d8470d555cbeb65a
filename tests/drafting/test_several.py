"""A sentence that states several changes becomes as many drafts, if one wishes."""

from typing import Any

import pytest
from django.test import Client

from events.drafting import drafts, several
from events.drafting.sentence import filled, read
from events.drafting.typed import Typed
from events.models import Conflict, Draft
from tests.editing.conftest import post

TEXT = "IS retook East on 30 June 2017 and SDF captured West; A monitor"


def first(war: Conflict) -> tuple[Typed, Any]:
    reading = read(war, TEXT)
    typed = filled(reading)
    typed.sentence = typed.read = TEXT
    typed.key = "a-key"
    return typed, reading


def test_each_change_becomes_a_draft_that_keeps_the_sentence(war: Conflict, editor: Any) -> None:
    typed, reading = first(war)
    one, two = (s.draft for s in several.take_all(war, typed, reading, by=editor))
    assert [(d.typed["actor"], d.typed["verb"], d.typed["places"]) for d in (one, two)] == [
        ("IS", "retook", ["East"]),
        ("SDF", "captured", ["West"]),
    ]
    assert {d.typed["sentence"] for d in (one, two)} == {TEXT}
    assert (one.typed["nth"], two.typed["nth"]) == ("0", "1")
    assert two.typed["citations"][0]["source"] == "A monitor"
    assert two.about_places


def test_a_second_click_makes_no_second_drafts(war: Conflict, editor: Any) -> None:
    typed, reading = first(war)
    one = several.take_all(war, typed, reading, by=editor)[0].draft
    again = several.take_all(war, typed, reading, by=editor, draft=one, version=1)
    assert len(again) == 2
    assert Draft.objects.count() == 2


def test_where_one_cannot_be_saved_none_is(war: Conflict, editor: Any, reporter: Any) -> None:
    typed, reading = first(war)
    mine = drafts.save(war, typed, by=editor).draft
    with pytest.raises(drafts.Stale):
        several.take_all(war, typed, reading, by=editor, draft=mine, version=7)
    assert Draft.objects.count() == 1
    assert typed.nth == ""


def test_the_form_says_that_there_is_more_and_takes_it(at_desk: Client, war: Conflict) -> None:
    form = post(sentence=TEXT, actor="", verb="", places=[""], date="", do="preview")
    page = at_desk.post("/desk/war/new/", form).content.decode()
    assert 'value="take-all"' in page
    assert "SDF captures West" in page
    assert "Not understood" not in page
    answer = at_desk.post("/desk/war/new/", {**form, "do": "take-all"}, follow=True)
    assert Draft.objects.count() == 2
    assert 'value="take-all"' not in answer.content.decode()
    other = Draft.objects.get(typed__nth="1")
    page = at_desk.get(f"/desk/drafts/{other.pk}/").content.decode()
    assert 'value="take-all"' not in page
    assert other.typed["verb"] == "captured"
