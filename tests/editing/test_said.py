"""The desk says what was typed as people do, and shows word by word what differs."""

from typing import Any

from django.test import Client

from events.drafting import drafts, review
from events.editing.compare import differences
from events.editing.said import bits, sayer
from events.models import Conflict
from tests.drafting.desk import typed, written


def test_slugs_verbs_stances_and_dates_are_said_in_words(war: Conflict) -> None:
    text = typed(actor="sdf", places=["east", "Nowhere"], source=["agency"], stance=["claims"])
    names = sayer(war, [text])
    assert names.say("actor", "sdf") == "SDF"
    assert names.say("places-0", "east") == "East"
    assert names.say("places-1", "Nowhere") == "Nowhere"
    assert names.say("source-0", "agency") == "An agency"
    assert names.say("stance-0", "claims") == "claims"
    assert names.say("verb", "handed_over") == "handed over"
    assert names.say("date", "2017-06-29/2017-06-30") == "some time between 29 and 30 June 2017"
    assert names.say("date", "soon") == "soon"
    assert names.say("headline", "sdf") == "sdf"


def test_what_differs_is_marked_word_by_word_and_nothing_is_lost() -> None:
    here, there = "SDF is back in East, they say", "SDF is back in West, they say"
    shown = bits(here, there)
    assert "".join(bit.text for bit in shown) == here
    assert [bit.text for bit in shown if bit.other] == ["East,"]
    assert bits("", "x") == []
    assert [(bit.text, bit.other) for bit in bits("new", "")] == [("new", True)]


def test_a_difference_keeps_what_was_typed_to_take_over(war: Conflict) -> None:
    one, other = typed(actor="sdf"), typed(actor="is")
    (found,) = differences(one, other, sayer(war, [one, other]))
    assert (found.theirs, found.yours) == ("sdf", "is")
    assert (found.said_theirs, found.said_yours) == ("SDF", "IS")


def test_the_review_page_shows_names_and_before_beside_after(
    at_desk: Client, war: Conflict, editor: Any
) -> None:
    draft = written(war, editor, actor="sdf", verb="handed_over", other_actor="is", places=["east"])
    review.give_back(draft, by=editor, text="Sure?")
    changed = typed(actor="sdf", verb="captured", places=["west"], note="a new note")
    drafts.save(war, changed, by=editor, draft=draft, version=1)
    page = at_desk.get(f"/desk/drafts/{draft.pk}/review/").content.decode()
    says, _mark, differs = page.partition("Changed since it was handed in")
    assert "SDF in full" in says
    assert "West · neighbourhood · The city › The province" in says
    assert "<h1>\n    <bdi>SDF captured West</bdi>" in says
    assert "<del>East</del>" in differs
    assert "<ins>West</ins>" in differs
    assert "<del>handed over</del>" in differs
    for raw in ("handed_over", ">east<", ">west<", ">sdf<"):
        assert raw not in page
