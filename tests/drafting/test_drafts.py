"""Two people on one draft, and two clicks on one button."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from events import ledger
from events.drafting import drafts
from events.drafting.typed import Typed
from events.models import Change, Conflict, Draft, Report
from tests.editing.conftest import person, post, posted
from tests.ledger.racing import race, waits_for
from tests.war import say

CONFIRM = "long_ago alters_later never_held no_effect holds_already"


def typed(**changed: Any) -> Typed:
    return Typed.from_post(posted(post(confirm=CONFIRM, **changed)))


def test_a_stale_save_shows_both_texts_and_takes_neither(
    at_desk: Client, war: Conflict, editor: Any
) -> None:
    draft = drafts.save(war, typed(), by=editor).draft
    other = Client()
    other.force_login(person(war, "chief"))
    address = f"/desk/drafts/{draft.pk}/"
    assert other.post(address, post(version=1, note="what the chief wrote")).status_code == 302
    stale = at_desk.post(address, post(version=1, note="what the editor wrote"))
    page = stale.content.decode()
    assert stale.status_code == 409
    assert "chief saved this draft" in page
    assert "what the chief wrote" in page
    assert "what the editor wrote" in page
    draft.refresh_from_db()
    assert (draft.version, draft.typed["note"]) == (2, "what the chief wrote")

    again = post(version=stale.context["draft"].version, note="what the editor wrote")
    assert at_desk.post(address, again).status_code == 302
    draft.refresh_from_db()
    assert (draft.version, draft.typed["note"]) == (3, "what the editor wrote")


def test_a_stale_publish_publishes_nothing(war: Conflict, editor: Any) -> None:
    draft = drafts.save(war, typed(), by=editor).draft
    drafts.save(war, typed(note="newer"), by=editor, draft=draft, version=1)
    changes = Change.objects.count()
    with pytest.raises(drafts.Stale):
        drafts.save(war, typed(), by=editor, draft=draft, version=1, publish=True)
    assert Change.objects.count() == changes


def test_a_second_click_on_a_new_form_makes_no_second_draft(at_desk: Client) -> None:
    at_desk.post("/desk/war/new/", post())
    second = at_desk.post("/desk/war/new/", post(note="typed after going back"))
    assert Draft.objects.count() == 1
    assert second.status_code == 409
    assert "typed after going back" in second.content.decode()


def test_a_second_click_on_publish_goes_to_the_first_ones_page(at_desk: Client) -> None:
    changes = Change.objects.count()
    form = post(do="publish", confirm=CONFIRM)
    first, second = at_desk.post("/desk/war/new/", form), at_desk.post("/desk/war/new/", form)
    assert first["Location"] == second["Location"]
    assert Change.objects.count() == changes + 1


def test_a_warning_that_was_overridden_is_on_record(at_desk: Client) -> None:
    at_desk.post("/desk/war/new/", post(do="publish", confirm=CONFIRM))
    overridden = Change.objects.order_by("-pk")[0].overrides
    assert overridden
    assert {row["code"] for row in overridden} <= set(CONFIRM.split())
    assert {(row["reason"], row["by"]) for row in overridden} == {
        ("checked by telephone", "editor")
    }


def test_overriding_a_warning_needs_a_reason(at_desk: Client) -> None:
    changes = Change.objects.count()
    form = post(do="publish", confirm=CONFIRM, override_reason=" ")
    answer = at_desk.post("/desk/war/new/", form)
    assert "say why" in answer.content.decode()
    assert Change.objects.count() == changes


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Run at the same time, each on a connection of its own; results or exceptions, in order."""
    start, found = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number: int, call: Callable[[], Any]) -> None:
        try:
            start.wait()
            found[number] = call()
        except Exception as error:
            found[number] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.django_db(transaction=True)
def test_publishing_twice_at_once_publishes_once(war: Conflict, editor: Any) -> None:
    changes = Change.objects.count()
    draft = drafts.save(war, typed(), by=editor).draft

    def publish() -> drafts.Saved:
        return drafts.save(war, typed(), by=editor, draft=draft, version=1, publish=True)

    saved = together(publish, publish, publish)
    assert len({result.change.pk for result in saved}) == 1
    assert Change.objects.count() == changes + 1
    assert ledger.check(war) == []


@pytest.mark.django_db(transaction=True)
def test_publishing_a_new_form_twice_at_once_publishes_once(war: Conflict, editor: Any) -> None:
    changes = Change.objects.count()

    def publish() -> drafts.Saved:
        return drafts.save(war, typed(), by=editor, publish=True)

    saved = together(publish, publish, publish)
    assert len({result.change.pk for result in saved}) == 1
    assert (Draft.objects.count(), Change.objects.count()) == (1, changes + 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_is_stale(war: Conflict, editor: Any) -> None:
    draft = drafts.save(war, typed(), by=editor).draft

    def save(note: str) -> Callable[[], drafts.Saved]:
        return lambda: drafts.save(war, typed(note=note), by=editor, draft=draft, version=1)

    results = together(save("one"), save("two"))
    assert sorted(type(result).__name__ for result in results) == ["Saved", "Stale"]
    draft.refresh_from_db()
    assert draft.version == 2


@pytest.mark.django_db(transaction=True)
def test_a_warning_that_arises_while_it_is_published_gives_pause(
    war: Conflict, editor: Any
) -> None:
    wanted = typed()
    wanted.confirm = [code for code in wanted.confirm if code != "holds_already"]
    with race() as racing:
        first, told, _ = racing.open(lambda: say(war, "x", "2017-07-02", "sdf", "captured", "east"))
        second, answer = racing.start(lambda: drafts.save(war, wanted, by=editor, publish=True))
        assert waits_for(second, first)
        racing.commit()
        saved = answer.result(60)
    assert saved.change is None
    assert "holds_already" in {warning.code for warning in saved.warnings}
    assert Change.objects.latest("pk") == told
    assert not Report.objects.filter(title="SDF back in East").exists()
