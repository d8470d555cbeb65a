"""publish(): one transaction that appends, folds and replaces Spans; nothing is ever overwritten."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import rules
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from events import ledger
from events.ledger.publish import lock_reached
from events.models import Change, Conflict, Membership, Place, Span
from tests.factories import PlaceFactory
from tests.golden.world import make_world, new_changes

WORLD: dict[str, Any] = {
    "timezone": "Asia/Damascus",
    "start": "2014-01-01",
    "actors": ["is", "sdf", "government"],
    "places": [
        {"slug": "province", "kind": "province", "parent": None},
        {"slug": "city", "kind": "town", "parent": "province"},
        {"slug": "east", "kind": "neighbourhood", "parent": "city"},
        {"slug": "west", "kind": "neighbourhood", "parent": "city"},
        {"slug": "village", "kind": "town", "parent": "province"},
    ],
}


def row(
    number: int, date: str, actor: str | None, verb: str, *places: str, **more: Any
) -> dict[str, Any]:
    return {
        "id": f"t{number}",
        "date": date,
        "actor": actor,
        "verb": verb,
        "places": places,
        **more,
    }


@pytest.fixture
def conflict(db: None) -> Conflict:
    return make_world(WORLD)


def say(conflict: Conflict, *rows: dict[str, Any], **how: Any) -> list[Change]:
    return [ledger.publish(new, by=None, **how) for new in new_changes(conflict, rows)]


def holders(
    conflict: Conflict, slug: str, day: str, known_at: datetime | None = None
) -> tuple[Any, ...]:
    instant = datetime.fromisoformat(day).replace(tzinfo=conflict.zone) + timedelta(days=1)
    standing = ledger.standings(conflict, instant, known_at=known_at)[slug]
    return standing.state, standing.holds


def test_a_capture_reaches_every_place_inside(conflict: Conflict) -> None:
    say(conflict, row(1, "2014-01-14", "is", "holds", "city"))
    assert holders(conflict, "east", "2014-01-14") == ("held", ("is",))
    assert holders(conflict, "east", "2014-01-13") == ("no_data", ())
    assert holders(conflict, "village", "2014-01-14") == ("no_data", ())


def test_what_was_known_stays_answerable(conflict: Conflict) -> None:
    (first,) = say(conflict, row(1, "2014-01-14", "is", "holds", "city"))
    say(conflict, row(2, "2014-01-10", "sdf", "captured", "east"))
    say(conflict, row(3, "2017-06-15", "sdf", "captured", "east"))
    assert holders(conflict, "east", "2017-06-15") == ("held", ("sdf",))
    assert holders(conflict, "east", "2014-01-12") == ("held", ("sdf",))
    told = first.recorded_at
    assert holders(conflict, "east", "2017-06-15", told) == ("held", ("is",))
    assert holders(conflict, "east", "2014-01-12", told) == ("no_data", ())


def test_a_backdated_change_gives_what_it_would_have_given_first(conflict: Conflict) -> None:
    rows = [
        row(1, "2014-01-14", "is", "holds", "city"),
        row(2, "2017-06-15", "sdf", "captured", "east"),
        row(3, "2017-06-29/2017-06-30", "is", "retook", "east"),
    ]
    other = make_world(WORLD, "reversed")
    say(conflict, *rows)
    say(other, *reversed(rows))

    def facts(c: Conflict) -> set[tuple[Any, ...]]:
        spans = (
            Span.objects.filter(place__conflict=c)
            .known()
            .select_related("place", "actor", "change")
        )
        return {
            (
                s.place.slug,
                s.actor and s.actor.slug,
                s.role,
                s.valid.lower,
                s.valid.upper,
                s.change.public_id,
            )
            for s in spans
        }

    assert facts(conflict) == facts(other) != set()


def test_bulk_publishing_gives_the_same_spans_as_one_by_one(conflict: Conflict) -> None:
    rows = [
        row(1, "2014-01-14", "is", "holds", "province"),
        row(2, "2017-06-06", "sdf", "entered", "city"),
        row(3, "2017-06-15", "sdf", "captured", "east"),
        row(4, "2017-06-30", "is", "absent", "province"),
    ]
    say(conflict, *rows)
    bulk = make_world(WORLD, "bulk")
    ledger.publish_many(new_changes(bulk, rows), conflict=bulk, by=None)
    for day in ("2014-01-14", "2017-06-06", "2017-06-15", "2017-06-30"):
        instant = datetime.fromisoformat(day).replace(tzinfo=conflict.zone) + timedelta(days=1)
        assert [
            (slug, s.state, s.holds, s.contests)
            for slug, s in ledger.standings(conflict, instant).items()
        ] == [
            (slug, s.state, s.holds, s.contests)
            for slug, s in ledger.standings(bulk, instant).items()
        ]


def test_rebuild_finds_nothing_to_do_on_a_sound_record(conflict: Conflict) -> None:
    say(
        conflict,
        row(1, "2014-01-14", "is", "holds", "province"),
        row(2, "2017-06-15/2017-06-20", "sdf", "captured", "east"),
        row(3, "2017-06-18", "is", "withdrew", "west", other_actor="sdf"),
    )
    assert ledger.check(conflict) == []
    assert ledger.rebuild(conflict) == (0, 0)


def test_check_names_a_difference_and_rebuild_mends_it(conflict: Conflict) -> None:
    say(conflict, row(1, "2014-01-14", "is", "holds", "city"))
    Span.objects.filter(place__slug="east").update(
        known=ledger_range(Span.objects.get(place__slug="east").known.lower, timezone.now())
    )
    differences = ledger.check(conflict)
    assert [(d.place, d.kind) for d in differences] == [("east", "missing")]
    ledger.rebuild(conflict)
    assert ledger.check(conflict) == []


def ledger_range(lower: datetime, upper: datetime) -> Any:
    from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

    return DateTimeTZRange(lower, upper, "[)")


def test_a_count_of_unnamed_places_has_no_effect_on_the_area(conflict: Conflict) -> None:
    say(
        conflict,
        row(1, "2014-01-14", "is", "holds", "province"),
        row(2, "2017-06-30", "is", "withdrew", "province", place_count=17),
    )
    assert holders(conflict, "village", "2017-06-30") == ("held", ("is",))


def test_todays_change_is_on_the_map_at_once(conflict: Conflict) -> None:
    today = timezone.now().astimezone(conflict.zone).date().isoformat()
    (change,) = say(conflict, row(1, today, "is", "captured", "village"))
    assert change.latest <= change.recorded_at
    assert ledger.standings(conflict, timezone.now())["village"].holds == ("is",)


def test_an_open_end_has_happened_by_the_time_it_is_published(conflict: Conflict) -> None:
    (change,) = say(conflict, row(1, "2017-06-30/..", "is", "captured", "village"))
    assert change.latest == change.recorded_at


def test_the_same_key_publishes_once(conflict: Conflict) -> None:
    (new,) = new_changes(conflict, [row(1, "2014-01-14", "is", "holds", "city")])
    new.public_id, new.idempotency_key = None, "draft-1"
    assert ledger.publish(new, by=None) == ledger.publish(new, by=None)
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"date": "2017-02-30"}, "date", "2017"),
        ({"date": "2999-01-01"}, "date", "in the future"),
        ({"date": "soon"}, "date", "soon"),
        ({"verb": "liberated"}, "verb", "liberated"),
        ({"actor": None}, "actor", "needs an actor"),
        ({"places": ()}, "places", "at least one place"),
        ({"other_actor": "is"}, "other_actor", "same as the actor"),
        ({"place_count": 0}, "place_count", "at least 1"),
        ({"ruling": "maybe"}, "ruling", "maybe"),
        ({"verb": "shares"}, "other_actor", "shared with"),
    ],
)
def test_a_refusal_names_the_field_and_writes_nothing(
    conflict: Conflict, change: dict[str, Any], field: str, says: str
) -> None:
    (new,) = new_changes(conflict, [{**row(1, "2014-01-14", "is", "captured", "city"), **change}])
    with pytest.raises(ledger.Refused) as refused:
        ledger.publish(new, by=None)
    assert says in " ".join(refused.value.errors[field])
    assert not Change.objects.exists()
    assert not Span.objects.exists()


def test_a_change_without_a_source_is_refused(conflict: Conflict) -> None:
    (new,) = new_changes(conflict, [row(1, "2014-01-14", "is", "captured", "city")])
    new.citations = []
    with pytest.raises(ledger.Refused, match="according to whom"):
        ledger.publish(new, by=None)


def test_one_bad_change_of_many_writes_none(conflict: Conflict) -> None:
    rows = [
        row(1, "2014-01-14", "is", "holds", "city"),
        row(2, "2014-02-31", "is", "holds", "village"),
    ]
    with pytest.raises(ledger.Refused):
        ledger.publish_many(new_changes(conflict, rows), conflict=conflict, by=None)
    assert not Change.objects.exists()


def test_the_known_axis_never_runs_backwards(conflict: Conflict) -> None:
    later = datetime(2020, 1, 2, tzinfo=UTC)
    say(conflict, row(1, "2014-01-14", "is", "holds", "city"), at=later)
    with pytest.raises(ledger.Refused, match="already added to"):
        say(conflict, row(2, "2014-01-15", "is", "holds", "city"), at=later - timedelta(days=1))


def test_a_reporter_may_not_publish(conflict: Conflict, django_user_model: Any) -> None:
    reporter = django_user_model.objects.create_user("rita")
    Membership.objects.create(user=reporter, conflict=conflict, role="reporter")
    (new,) = new_changes(conflict, [row(1, "2014-01-14", "is", "holds", "city")])
    with pytest.raises(PermissionDenied):
        ledger.publish(new, by=reporter)
    assert not Change.objects.exists()


def test_a_warning_is_overridden_by_who_may_and_for_a_reason(
    conflict: Conflict, django_user_model: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = django_user_model.objects.create_user("edith")
    Membership.objects.create(user=editor, conflict=conflict, role="editor")
    (new,) = new_changes(conflict, [row(1, "2014-01-14", "is", "holds", "city")])
    new.overrides = [{"code": "never_held", "reason": " ", "by": "edith"}]
    with pytest.raises(ledger.Refused) as refused:
        ledger.publish(new, by=editor)
    assert "overrides" in refused.value.errors
    new.overrides = [{"code": "never_held", "reason": "two witnesses", "by": "edith"}]
    with monkeypatch.context() as denied:
        denied.setitem(rules.permissions.permissions, "events.override_warning", rules.always_deny)
        with pytest.raises(PermissionDenied):
            ledger.publish(new, by=editor)
    assert not Change.objects.exists()
    assert ledger.publish(new, by=editor).overrides == new.overrides


@pytest.mark.parametrize("table", ["events_change", "events_changeplace", "events_citation"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_the_database_refuses_to_alter_the_record(
    conflict: Conflict, table: str, statement: str
) -> None:
    say(conflict, row(1, "2014-01-14", "is", "holds", "city"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_a_span_may_only_have_its_known_range_closed(conflict: Conflict) -> None:
    say(conflict, row(1, "2014-01-14", "is", "holds", "city"))
    with pytest.raises(DatabaseError, match="never overwritten"), transaction.atomic():
        Span.objects.update(actor=None, role="unclear")
    with pytest.raises(DatabaseError), transaction.atomic():
        Span.objects.all()._raw_delete("default")


def test_two_spans_of_one_role_cannot_overlap_on_both_clocks(conflict: Conflict) -> None:
    say(conflict, row(1, "2014-01-14", "is", "holds", "city"))
    span = Span.objects.filter(place__slug="city").get()
    span.pk = None
    with pytest.raises(DatabaseError, match="span_no_overlap"), transaction.atomic():
        span.save(force_insert=True)


def test_what_lies_inside_is_found_by_whole_slugs(conflict: Conflict) -> None:
    kinds = {"kind": "town", "conflict": conflict}
    for slug in ("new_city", "new-city"):
        town = PlaceFactory(slug=slug, **kinds)
        PlaceFactory(slug=f"{slug}-east", parent=town, conflict=conflict, kind="neighbourhood")
    (town,) = Place.objects.filter(slug="new_city")
    locked = lock_reached(conflict, [([town], "captured")])
    slugs = Place.objects.filter(pk__in=locked).order_by("path").values_list("slug", flat=True)
    assert list(slugs) == ["new_city", "new_city-east"]


def test_each_role_of_each_actor_overlaps_itself_alone(conflict: Conflict) -> None:
    actors = [*conflict.actors.order_by("pk"), None]
    clashes = [
        row(number, "2014-01-14", actor and actor.slug, "clash", "city")
        for number, actor in enumerate(actors)
    ]
    # An actor in a Span is named by the Change that opened it.
    said = dict(zip(actors, say(conflict, *clashes), strict=True))
    of_all = [(actor, role) for actor in actors for role in Span.Role.values]
    allowed = [
        (actor, role)
        for actor, role in of_all
        if role == "claims" or bool(actor) != (role == "unclear")
    ]
    ever = DateTimeTZRange(datetime(2014, 1, 1, tzinfo=UTC), None)
    city = conflict.places.get(slug="city")
    spans = [
        Span(place=city, actor=actor, role=role, valid=ever, known=ever, change=said[actor])
        for actor, role in allowed
    ]
    Span.objects.bulk_create(spans)
    for span in spans:
        span.pk = None
        with pytest.raises(DatabaseError, match="span_no_overlap"), transaction.atomic():
            span.save(force_insert=True)


def test_a_preview_says_what_publishing_does_and_writes_nothing(conflict: Conflict) -> None:
    say(conflict, row(1, "2014-01-14", "sdf", "holds", "city"))
    (new,) = new_changes(conflict, [row(2, "2017-06-30", "is", "retook", "east")])
    (effect,) = ledger.preview(new)
    assert (effect.place.slug, effect.before.holds, effect.after.holds) == (
        "east",
        ("sdf",),
        ("is",),
    )
    assert effect.day.isoformat() == "2017-06-30"
    assert Change.objects.count() == 1
    ledger.publish(new, by=None)
    assert holders(conflict, "east", "2017-06-30") == ("held", effect.after.holds)


def test_a_preview_lists_the_places_inside_that_change(conflict: Conflict) -> None:
    say(conflict, row(1, "2014-01-14", "sdf", "holds", "city"))
    (new,) = new_changes(conflict, [row(2, "2017-06-30", "is", "captured", "province")])
    assert [e.place.slug for e in ledger.preview(new)] == [
        "province",
        "city",
        "east",
        "west",
        "village",
    ]


def test_the_number_of_queries_does_not_grow_with_the_places_reached(
    conflict: Conflict, django_assert_max_num_queries: Any
) -> None:
    province = Place.objects.get(slug="province")
    for number in range(30):
        Place.objects.create(
            conflict=conflict, slug=f"v{number}", name=f"v{number}", kind="town", parent=province
        )
    (new,) = new_changes(conflict, [row(1, "2014-01-14", "is", "holds", "province")])
    with django_assert_max_num_queries(17):
        ledger.publish(new, by=None)


def test_an_id_that_a_file_brought_in_is_no_publications_own(conflict: Conflict) -> None:
    """Keys of another record, in a file of its changes, are ids that our own keys come to one day."""
    (last,) = say(conflict, row(1, "2014-01-14", "is", "holds", "east"))
    brought = [f"{last.pk + 7 + n}{more}" for n in range(3) for more in ("", "-2")]
    for number, name in enumerate(brought, 2):
        (new,) = new_changes(conflict, [row(number, "2015-01-01", "is", "holds", "west")])
        new.public_id = name
        ledger.publish(new, by=None)
    for n in range(len(brought)):
        (new,) = new_changes(conflict, [row(90 + n, "2016-01-01", "sdf", "captured", "west")])
        new.public_id = ""
        change = ledger.publish(new, by=None)
        assert change.public_id not in brought
        assert Change.objects.get(conflict=conflict, public_id=change.public_id) == change
