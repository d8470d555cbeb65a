"""The pages of many at once: paste, look, decide; bad input is answered in words, and nothing is lost."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from events.drafting.many import decide, pastes, proposals
from events.editing import many
from events.models import Conflict, Draft, Paste
from tests.drafting.many.test_decide import GOOD, WRONG, rows
from tests.war import queries_of

NEW = "/desk/war/many/"


def paste(client: Client, text: str, **given: Any) -> Any:
    form = {"text": text, "key": "k", "version": "0", "do": "read", **given}
    return client.post(NEW, form, follow=True)


def body(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_a_table_is_pasted_and_what_is_wrong_is_named_with_row_column_value_and_reason(
    at_desk: Client, war: Conflict
) -> None:
    page = body(paste(at_desk, rows(GOOD, *WRONG)))
    for said in (
        "Row 3",
        "“31/02/2017” is not understood as a date",
        "<bdi>where</bdi>",
        "“Xyzzy” is not a known place",
    ):
        assert said in page
    assert "Accept the one that is ready" in page
    for line in WRONG:
        assert line in page


def test_an_article_is_pasted_and_its_sentences_are_marked_both_ways(
    at_desk: Client, war: Conflict
) -> None:
    text = "Quiet day. IS retook East on Friday and SDF captured West. So it was."
    page = body(paste(at_desk, text, source="A monitor", published="2017-07-03", title="The day"))
    assert '<mark id="words-1"' in page
    assert 'href="#proposal-1"' in page
    assert 'href="#words-1"' in page
    assert re.search(r'id="words-2"\s+href="#proposal-2"', page)
    assert "30 June 2017" in page


def test_the_day_that_an_article_was_taken_to_be_of_is_shown_as_a_guess(
    at_desk: Client, war: Conflict
) -> None:
    text = "IS retook East on Monday, A monitor said on 17 July 2017."
    page = body(paste(at_desk, text, kind="article"))
    guess = r"<bdi>17 July 2017</bdi>\s*<em class=\"guessed\">guessed</em>"
    assert re.search("Published " + guess, page)
    (held,) = Paste.objects.all()
    form = body(at_desk.get(f"{NEW}{held.pk}/?text=1"))
    assert re.search(r'<p id="published-guess">\s*' + guess, form)
    dated = body(paste(at_desk, text, kind="article", published="2017-07-18", key="other"))
    assert not re.search(guess, dated)


def test_a_proposal_is_mended_accepted_and_dropped_and_the_card_comes_back_alone(
    at_desk: Client, war: Conflict
) -> None:
    address = paste(at_desk, rows(GOOD, GOOD.replace("East", "Easst"))).redirect_chain[-1][0]
    card = at_desk.post(
        address, {"do": "accept", "number": "2", "b-places-0": "East"}, headers={"X-Card": "1"}
    )
    assert "proposal--accepted" in body(card)
    assert "<html" not in body(card)
    assert Draft.objects.get().typed["places"] == ["East"]
    at_desk.post(address, {"do": "drop", "number": "1"})
    assert Paste.objects.get().proposals.get(number=1).status == "dropped"
    at_desk.post(address, {"do": "take-back", "number": "1"})
    assert Paste.objects.get().proposals.get(number=1).status == "waiting"


def test_what_is_picked_goes_in_without_a_script(at_desk: Client, war: Conflict) -> None:
    address = paste(at_desk, rows(GOOD.replace("East", "Easst"))).redirect_chain[-1][0]
    at_desk.post(address, {"number": "1", "pick": "places-0=East", "b-places-0": "Easst"})
    assert Paste.objects.get().proposals.get().sound


def test_with_all_its_faults_it_can_be_opened_in_the_form(at_desk: Client, war: Conflict) -> None:
    line = next(iter(WRONG))
    address = paste(at_desk, rows(line)).redirect_chain[-1][0]
    refused = at_desk.post(address, {"do": "accept", "number": "1"}, follow=True)
    assert "not accepted yet" in body(refused)
    page = body(at_desk.post(address, {"do": "open", "number": "1"}, follow=True))
    assert "From row 2 of a pasted table" in page
    assert line in page


def test_form_and_review_of_a_draft_show_where_it_comes_from(
    at_desk: Client, war: Conflict
) -> None:
    text = "Quiet day. IS retook East on 30 June 2017. So it was."
    address = paste(at_desk, text, source="A monitor", title="The day").redirect_chain[-1][0]
    at_desk.post(address, {"do": "accept-all"})
    draft = Draft.objects.get()
    for page in (f"/desk/drafts/{draft.pk}/", f"/desk/drafts/{draft.pk}/review/"):
        said = body(at_desk.get(page))
        assert "From a pasted article" in said
        assert "<mark>IS retook East on 30 June 2017.</mark>" in said
        assert "The day" in said


def test_what_is_typed_is_kept_before_it_is_read(at_desk: Client, war: Conflict) -> None:
    form = {"text": "half an art", "key": "k", "version": "0", "do": "autosave"}
    saved = at_desk.post(NEW, form, headers={"Accept": "application/json"}).json()
    assert saved["version"] == 1
    again = {**form, "text": "half an article", "version": "1"}
    saved = at_desk.post(saved["address"], again, headers={"Accept": "application/json"}).json()
    assert "half an article" in body(at_desk.get(saved["address"]))
    assert not Paste.objects.get().proposals.exists()
    assert "Not read yet" in body(at_desk.get(NEW))
    late = at_desk.post(saved["address"], again, headers={"Accept": "application/json"})
    assert (late.status_code, late.json()["why"]) == (409, "stale")
    both = at_desk.post(saved["address"], {**again, "text": "mine", "do": "save"})
    assert both.status_code == 409
    assert "mine" in body(both)
    assert "half an article" in body(both)


def test_an_empty_form_makes_nothing(at_desk: Client, war: Conflict) -> None:
    answer = at_desk.post(NEW, {"text": " ", "do": "read", "title": "kept"})
    assert answer.status_code == 400
    assert "Nothing is pasted yet" in body(answer)
    assert 'value="kept"' in body(answer)
    empty = at_desk.post(
        NEW, {"text": "", "do": "autosave"}, headers={"Accept": "application/json"}
    )
    assert empty.json()["draft"] is None
    assert not Paste.objects.exists()


def test_five_megabytes_are_refused_with_the_limit(at_desk: Client, war: Conflict) -> None:
    answer = at_desk.post(NEW, {"text": "x" * 5_000_000, "do": "read"})
    assert answer.status_code == 413
    assert "at most 2 MB" in body(answer)
    assert not Paste.objects.exists()
    within = at_desk.post(
        NEW, {"text": "word " * 70_000, "kind": "article", "do": "read", "key": "k"}
    )
    assert within.status_code == 413
    assert "300000" in body(within)
    assert Paste.objects.get().text.startswith("word word")


def test_a_form_without_its_token_is_refused(editor: Any, war: Conflict) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post(NEW, {"text": rows(GOOD), "do": "read"}).status_code == 403
    assert not Paste.objects.exists()


NASTY = [
    "<script>alert(1)</script>",
    "\u202eIS retook East\u202c",
    "😀👩‍👩‍👧",
    "\x00\x1b\x7f",
    "A" * 10_000 + " IS retook East",
    "IS retook East " * 700,
    '"',
    "\t\t\t\n\t\t",
    ";;;\n;;;",
]


@pytest.mark.parametrize("kind", ["", "table", "article"])
def test_nothing_that_is_pasted_breaks_the_page(at_desk: Client, war: Conflict, kind: str) -> None:
    for number, text in enumerate([*NASTY, "\n".join(NASTY), "\t".join(NASTY)]):
        answer = paste(at_desk, text, kind=kind, key=f"k{number}")
        assert answer.status_code in (200, 400), (kind, number)
        assert "<script>alert(1)" not in answer.content.decode()


@settings(max_examples=40)
@given(
    text=st.lists(
        st.sampled_from(
            [
                "IS retook East. ",
                "سيطر داعش على East. ",
                "and SDF captured West",
                "\n",
                "x. ",
                "<",
                "\u202e",
            ]
        ),
        max_size=20,
    ).map("".join)
)
def test_the_article_on_the_page_is_the_article_and_marks_are_the_words(
    war: Conflict, editor: Any, text: str
) -> None:
    held = pastes.save(war, pastes.Pasted(text, "article"), by=editor)
    proposals.read(held, by=editor)
    drawn = many.stretches(held)
    assert "".join(stretch.text for stretch in drawn) == text
    for stretch in drawn:
        assert {row.words for row, _address in stretch.rows} <= {stretch.text}
    assert sum(len(stretch.rows) for stretch in drawn) == held.proposals.count()


def test_pages_take_a_constant_number_of_queries(
    at_desk: Client, editor: Any, war: Conflict
) -> None:
    def page(number: int) -> str:
        lines = [f"{GOOD}\t{n}" for n in range(number)] + list(WRONG) * number
        held = pastes.save(war, pastes.Pasted(rows(*lines), "table"), by=editor)
        proposals.read(held, by=editor)
        decide.accept(held, [1], by=editor)
        return f"{NEW}{held.pk}/"

    few, many_ = page(2), page(12)
    for show in many.SHOWS:
        assert queries_of(at_desk, f"{few}?show={show}") == queries_of(
            at_desk, f"{many_}?show={show}"
        )
    one = queries_of(at_desk, NEW)
    page(2)
    assert queries_of(at_desk, NEW) == one


def test_a_reporter_pastes_but_does_not_see_what_others_pasted(
    client: Client, at_desk: Client, reporter: Any, war: Conflict
) -> None:
    theirs = paste(at_desk, rows(GOOD)).redirect_chain[-1][0]
    own = Client()
    own.force_login(reporter)
    assert own.get(theirs).status_code == 403
    assert own.post(theirs, {"do": "accept-all"}).status_code == 403
    assert theirs not in body(own.get(NEW))
    mine = paste(own, rows(GOOD.replace("East", "West"))).redirect_chain[-1][0]
    own.post(mine, {"do": "accept-all"})
    assert Draft.objects.get().author == reporter


def test_a_paste_of_one_desk_is_not_found_at_another(at_desk: Client, war: Conflict) -> None:
    address = paste(at_desk, rows(GOOD)).redirect_chain[-1][0]
    assert at_desk.get(address.replace("/war/", "/other/")).status_code == 404
    assert at_desk.get(f"{NEW}999999/").status_code == 404


def test_a_paste_is_set_aside_and_taken_up_again(at_desk: Client, war: Conflict) -> None:
    address = paste(at_desk, rows(GOOD), title="Set me aside").redirect_chain[-1][0]
    assert "Set me aside" in body(at_desk.get(NEW))
    at_desk.post(address, {"do": "aside"})
    assert "Set me aside" not in body(at_desk.get(NEW))
    assert "Take it up again" in body(at_desk.get(address))


def test_the_desk_leads_there(at_desk: Client, war: Conflict) -> None:
    for page in ("/desk/", "/desk/war/queue/", "/desk/war/new/"):
        assert f'href="{NEW}"' in body(at_desk.get(page))


def test_who_dropped_a_proposal_and_took_it_back_is_on_record(
    at_desk: Client, war: Conflict
) -> None:
    address = paste(at_desk, rows(GOOD), title="Of the record").redirect_chain[-1][0]
    at_desk.post(address, {"do": "drop", "number": "1"})
    at_desk.post(address, {"do": "take-back", "number": "1"})
    record = body(at_desk.get("/desk/war/record/"))
    assert "Paste made" in record
    assert "Of the record" in record
    assert record.count("Proposal changed") == 2
    at_desk.post(address, {"do": "accept", "number": "1"})
    assert body(at_desk.get("/desk/war/record/")).count("Proposal changed") == 2


def test_what_is_logged_already_is_said_before_it_is_accepted(
    at_desk: Client, war: Conflict
) -> None:
    other = GOOD.replace("East", "West")
    address = paste(at_desk, rows(GOOD, other, other)).redirect_chain[-1][0]
    page = body(at_desk.get(f"{address}?show=ready"))
    # c3 of the war's own record: IS retook East on the 29th or 30th.
    assert page.count("This seems to be logged already") == 1
    assert 'href="/war/changes/c3/"' in page
    at_desk.post(address, {"do": "accept", "number": "2"})
    page = body(at_desk.get(f"{address}?show=ready"))
    assert page.count("This seems to be logged already") == 2
    assert f"/desk/drafts/{Draft.objects.get().pk}/review/" in page


def test_a_text_that_is_changed_after_it_was_read_is_kept_and_read_again_on_request(
    at_desk: Client, war: Conflict
) -> None:
    address = paste(at_desk, "IS retook East on Friday.", source="A monitor").redirect_chain[-1][0]
    form = {"text": "So it was. IS retook East on Friday.", "version": "1", "do": "autosave"}
    assert at_desk.post(address, form, headers={"Accept": "application/json"}).status_code == 200
    page = body(at_desk.get(address))
    assert "was changed since it was read" in page
    assert "<mark" not in page
    again = body(at_desk.post(address, {"do": "again"}, follow=True))
    assert "was changed since it was read" not in again
    assert '<mark id="words-1"' in again


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("SDF captured Raqqa\n", "auto"),
        ("12. SDF captured Raqqa\n" * 10_000, "ltr"),
        ("12. الجيش سيطر على مسكنة\n" * 10_000, "rtl"),
        ("1\n" * 100_000, "ltr"),
    ],
)
def test_a_long_text_has_the_direction_of_its_first_letter(
    at_desk: Client, text: str, direction: str
) -> None:
    form = {"text": text, "key": "k", "version": "0", "do": "autosave"}
    address = at_desk.post(NEW, form).json()["address"]
    box = re.search(r"<textarea[^>]*>", body(at_desk.get(address)))
    assert box
    assert f'dir="{direction}"' in box[0]
