"""Proposals: mended, accepted together or one by one; what is wrong waits, and nothing of it is lost."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.drafting.many import decide, pastes, proposals
from events.drafting.many.origin import origin_of
from events.models import Change, Conflict, Draft, Paste
from tests.factories import PlaceFactory

HEAD = "date\twho\twhat\twhere\tsource"
GOOD = "30/06/2017\tIS\tretook\tEast\tA monitor"
WRONG = {
    "31/02/2017\tIS\tretook\tEast\tA monitor": "date",
    "30/06/2017\tMartians\tretook\tEast\tA monitor": "actor",
    "30/06/2017\tIS\tfrobnicated\tEast\tA monitor": "verb",
    "30/06/2017\tIS\tretook\tXyzzy\tA monitor": "places-0",
}


def pasted(war: Conflict, by: Any, text: str, **given: Any) -> Paste:
    paste = pastes.save(war, pastes.Pasted(text, **given), by=by)
    proposals.read(paste, by=by)
    return paste


def rows(*lines: str) -> str:
    return "\n".join([HEAD, *lines])


def test_good_rows_are_accepted_while_the_wrong_ones_wait_with_their_text(
    war: Conflict, editor: Any
) -> None:
    paste = pasted(war, editor, rows(GOOD, *WRONG, GOOD.replace("East", "West")))
    done = decide.accept(paste, None, by=editor)
    assert [draft.typed["places"] for draft in done.drafts] == [["East"], ["West"]]
    waiting = list(paste.proposals.filter(status="waiting"))
    assert {row.words: next(iter(row.faults)) for row in waiting} == WRONG
    assert [row.line for row in waiting] == [3, 4, 5, 6]
    assert Draft.objects.count() == 2
    assert set(Draft.objects.values_list("status", flat=True)) == {"draft"}


def test_an_accepted_proposal_is_found_and_audited_as_any_draft(war: Conflict, editor: Any) -> None:
    paste = pasted(war, editor, rows(GOOD))
    (draft,) = decide.accept(paste, None, by=editor).drafts
    draft.refresh_from_db()
    assert draft.about_places
    assert draft.about_actor
    assert draft.writers == [editor.pk]
    assert draft.events.count() == 1  # type: ignore[attr-defined]
    assert draft.proposal.decided_by == editor


def test_a_second_click_makes_no_second_drafts(war: Conflict, editor: Any) -> None:
    paste = pasted(war, editor, rows(GOOD, GOOD.replace("East", "West")))
    decide.accept(paste, None, by=editor)
    assert decide.accept(paste, None, by=editor).drafts == []
    assert decide.accept(paste, [1, 2], by=editor).drafts == []
    assert Draft.objects.count() == 2


def test_queries_do_not_grow_with_the_rows(war: Conflict, editor: Any) -> None:
    def queries(number: int) -> tuple[int, int]:
        lines = [GOOD.replace("30/06", f"{13 + n % 15}/06") for n in range(number)]
        with CaptureQueriesContext(connection) as reading:
            paste = pasted(war, editor, rows(*lines))
        with CaptureQueriesContext(connection) as accepting:
            assert len(decide.accept(paste, None, by=editor).drafts) == number
        return len(reading), len(accepting)

    queries(2)
    assert queries(3) == queries(60)


@pytest.mark.slow
def test_five_thousand_rows_of_which_forty_are_wrong(war: Conflict, editor: Any) -> None:
    wrong = list(WRONG) * 10
    lines = [wrong[n // 125] if n % 125 == 7 else f"{GOOD}\t{n}" for n in range(5000)]
    paste = pasted(war, editor, rows(*lines))
    assert paste.proposals.filter(sound=False).count() == 40
    assert len(decide.accept(paste, None, by=editor).drafts) == 4960
    left = paste.proposals.filter(status="waiting").values_list("words", flat=True)
    assert sorted(left) == sorted(wrong)


def test_a_mended_value_may_go_into_every_row_that_says_the_same(
    war: Conflict, editor: Any
) -> None:
    bad = GOOD.replace("East", "Easst")
    paste = pasted(war, editor, rows(bad, bad.replace("30/", "29/"), GOOD.replace("East", "Wesst")))
    assert decide.mend(paste, 1, {"places-0": "East"}, by=editor, alike=True) == 2
    assert list(paste.proposals.values_list("sound", flat=True)) == [True, True, False]
    assert decide.mend(paste, 3, {"places-0": "West", "actor": "IS"}, by=editor) == 1
    assert paste.proposals.get(number=3).mended == {"places-0": "West"}


def test_what_was_decided_and_mended_stays_when_the_text_is_read_again(
    war: Conflict, editor: Any
) -> None:
    lines = [GOOD, GOOD.replace("East", "West"), GOOD.replace("East", "Easst"), *WRONG]
    paste = pasted(war, editor, rows(*lines))
    decide.accept(paste, [1], by=editor)
    decide.drop(paste, [2], by=editor)
    decide.mend(paste, 3, {"places-0": "East"}, by=editor)
    text = rows("30/06/2017\tSDF\tentered\tWest\tA monitor", *lines[1:3])
    held = pastes.save(war, pastes.Pasted(text), by=editor, paste=paste, version=paste.version)
    proposals.read(held, by=editor)
    found = {row.words: row for row in held.proposals.all()}
    assert found[lines[1]].status == "dropped"
    assert (found[lines[2]].mended, found[lines[2]].sound) == ({"places-0": "East"}, True)
    # Accepted, and its words are gone from the text: it stays, without a place in it.
    assert (found[lines[0]].status, found[lines[0]].start) == ("accepted", -1)
    assert found[text.splitlines()[1]].number == 1
    assert not set(found) & set(WRONG)


def test_columns_that_were_taken_for_the_wrong_thing_are_mended_for_all_rows(
    war: Conflict, editor: Any
) -> None:
    paste = pasted(war, editor, "a\tb\tc\td\te\n2017-06-30\tSDF\tretook\tEast\tA monitor")
    assert not paste.header
    proposals.columns_as(
        paste, ["date", "actor", "verb", "place", "source"], header=True, dates="", by=editor
    )
    (row,) = paste.proposals.all()
    assert row.sound


def test_an_ambiguous_day_waits_for_somebody_to_say_which(war: Conflict, editor: Any) -> None:
    paste = pasted(war, editor, rows(GOOD.replace("30/06", "05/06")))
    (row,) = paste.proposals.all()
    assert not row.sound
    assert [value for value, _label in row.guesses["date"]] == ["2017-06-05", "2017-05-06"]
    proposals.columns_as(paste, paste.columns, header=True, dates="day", by=editor)
    (row,) = paste.proposals.all()
    assert (row.sound, row.typed["date"]) == (True, "2017-06-05")


def test_a_place_that_is_made_in_the_meantime_is_known_when_it_is_accepted(
    war: Conflict, editor: Any
) -> None:
    paste = pasted(war, editor, rows(GOOD.replace("East", "Newtown")))
    assert decide.accept(paste, [1], by=editor).left
    PlaceFactory(conflict=war, slug="newtown", name="Newtown")
    assert decide.accept(paste, [1], by=editor).drafts


def test_what_was_dropped_can_be_taken_back(war: Conflict, editor: Any) -> None:
    paste = pasted(war, editor, rows(GOOD))
    assert decide.drop(paste, [1], by=editor) == 1
    assert decide.accept(paste, None, by=editor).drafts == []
    decide.take_back(paste, 1, by=editor)
    assert len(decide.accept(paste, None, by=editor).drafts) == 1


def test_nothing_is_published_by_reading_or_accepting(war: Conflict, editor: Any) -> None:
    before = Change.objects.count()
    decide.accept(
        pasted(war, editor, "IS retook East on Friday.", source="A monitor"), None, by=editor
    )
    assert Change.objects.count() == before
    assert Draft.objects.get().status == "draft"


def test_a_draft_knows_the_words_it_comes_from_and_what_stands_round_them(
    war: Conflict, editor: Any
) -> None:
    text = "Before it. IS retook East on 30 June 2017. After it."
    paste = pasted(war, editor, text, source="A monitor", title="T")
    (draft,) = decide.accept(paste, None, by=editor).drafts
    origin = origin_of(draft)
    assert origin is not None
    assert origin.before + origin.proposal.words + origin.after == text
    assert draft.typed["citations"][0]["quote"] == "IS retook East on 30 June 2017."
    assert origin_of(Draft(pk=0, conflict=war, author=editor)) is None


def test_of_a_long_article_only_what_stands_round_the_words_is_fetched(
    war: Conflict, editor: Any
) -> None:
    text = "filler words " * 2000 + ". IS retook East on 30 June 2017. " + "More of it " * 2000
    (draft,) = decide.accept(pasted(war, editor, text, source="A monitor"), None, by=editor).drafts
    origin = origin_of(draft)
    assert origin is not None
    assert origin.proposal.words == "IS retook East on 30 June 2017."
    assert len(origin.before) < 420
    assert len(origin.after) < 420


@pytest.mark.parametrize(
    ("text", "kind"),
    [("x" * 2_000_001, ""), ("word " * 70_000, "article"), ("a\tb\n" * 10_001, "table")],
)
def test_more_than_can_be_read_is_refused_in_words(
    war: Conflict, editor: Any, text: str, kind: str
) -> None:
    with pytest.raises(pastes.TooLong, match=r"at most|may have"):
        pasted(war, editor, text, kind=kind)


def test_two_who_save_one_paste_see_each_other(war: Conflict, editor: Any) -> None:
    paste = pastes.save(war, pastes.Pasted("one"), by=editor)
    pastes.save(war, pastes.Pasted("two"), by=editor, paste=paste, version=1)
    with pytest.raises(pastes.Stale) as stale:
        pastes.save(war, pastes.Pasted("three"), by=editor, paste=paste, version=1)
    assert stale.value.paste.text == "two"


def test_a_new_form_that_is_sent_twice_is_one_paste(war: Conflict, editor: Any) -> None:
    one = pastes.save(war, pastes.Pasted("a", key="k"), by=editor)
    two = pastes.save(war, pastes.Pasted("ab", key="k"), by=editor, version=1)
    assert (one.pk, two.text) == (two.pk, "ab")


def test_who_may_not_see_it_decides_nothing(war: Conflict, editor: Any, reporter: Any) -> None:
    paste = pasted(war, editor, rows(GOOD))
    for refused in (
        lambda: decide.accept(paste, None, by=reporter),
        lambda: decide.drop(paste, [1], by=reporter),
        lambda: decide.mend(paste, 1, {"actor": "x"}, by=reporter),
        lambda: decide.take_back(paste, 1, by=reporter),
        lambda: proposals.read(paste, by=reporter),
        lambda: proposals.columns_as(paste, [], header=False, dates="", by=reporter),
        lambda: pastes.set_aside(paste, by=reporter),
        lambda: pastes.save(war, pastes.Pasted("x"), by=reporter, paste=paste, version=1),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    paste.refresh_from_db()
    assert (paste.text, paste.columns) == (rows(GOOD), ["date", "actor", "verb", "place", "source"])
    assert paste.proposals.get().status == "waiting"


def test_a_guess_that_is_said_to_be_right_is_none_any_more_in_the_draft_either(
    war: Conflict, editor: Any
) -> None:
    article = {"kind": "article", "source": "A monitor", "published": "2017-07-03"}
    paste = pasted(war, editor, "IS retook East.", **article)
    (row,) = paste.proposals.all()
    assert set(row.guesses) == {"date"}
    texts = {"date": "../2017-07-03", "actor": "IS"}
    assert decide.mend(paste, 1, texts, by=editor) == 0
    assert decide.mend(paste, 1, texts, by=editor, sure=True) == 1
    (row,) = paste.proposals.all()
    assert row.mended == {"date": "../2017-07-03"}
    (draft,) = decide.accept(paste, [1], by=editor).drafts
    assert draft.typed["sure"] == ["date=../2017-07-03"]
