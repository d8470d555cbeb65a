"""Actors as the desk makes and edits them: what is wrong by field, what is doubtful, and the writing of it.

An actor is never deleted here, nor is its slug changed: what was published names it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from events import policy
from events.chronology.agreement import guessed
from events.chronology.dates import parse
from events.looks.apart import Paint, fills_alike
from events.looks.patterns import MARKS
from events.models import Actor, ActorName, Coalition, Conflict, ReplayDue
from events.models.fields import colour_validator

from .names import fold_name
from .sights import sights_in_words
from .spelled import Spelled, edtf, read_spelled, spelled_plainly, write_spelled

PATTERNS = tuple(MARKS)
LIMITS = {"name": 150, "short": 30}
# Letters of what has no limit in the record.
LONG = {"aliases": 20_000, "note": 5_000}
FIELDS = (
    *("name", "short", "number", "kind", "colour", "pattern", "active_from", "active_to", "note"),
)


class BadActor(ValueError):
    """`errors`: field -> a sentence. Nothing was written."""

    def __init__(self, errors: dict[str, str]):
        self.errors = errors
        super().__init__(" ".join(errors.values()))


class AlteredMeanwhile(Exception):
    """Somebody else saved the actor since it was looked at; nothing was written."""


@dataclass(frozen=True, slots=True)
class Belongs:
    """To a coalition, by slug, between two EDTF dates, as typed."""

    coalition: str = ""
    since: str = ""
    until: str = ""


@dataclass(slots=True)
class WantedActor:
    """As typed. `aliases`: one a line, with dates in braces (`spelled`). `number` empty: guessed by the short name."""

    name: str = ""
    short: str = ""
    number: str = ""
    kind: str = str(Actor.Kind.NON_STATE)
    colour: str = ""
    pattern: str = "solid"
    active_from: str = ""
    active_to: str = ""
    note: str = ""
    aliases: str = ""
    belongs: list[Belongs] = field(default_factory=list)

    @property
    def paint(self) -> Paint:
        return Paint(self.colour, self.pattern)


@dataclass(slots=True)
class CheckedActor:
    """`values` by the model's fields; `names` are its aliases, the first of each spelling."""

    values: dict[str, str]
    names: list[Spelled]
    belongs: list[tuple[Actor, str, str]]


def wanted_of(actor: Actor) -> WantedActor:
    """What a form begins with: the actor as it stands."""
    values = {name: getattr(actor, name) for name in FIELDS}
    own = {actor.name, actor.short}
    aliases = [
        write_spelled(row.name, row.language, row.used_from, row.used_to)
        for row in actor.names.all()
        if row.name not in own or row.used_from or row.used_to
    ]
    rows = actor.coalitions.select_related("coalition").order_by("pk")
    belongs = [Belongs(row.coalition.slug, row.since, row.until) for row in rows]
    return WantedActor(**values, aliases="\n".join(aliases), belongs=belongs)


def others_of(conflict: Conflict, actor: Actor | None) -> QuerySet[Actor]:
    rows = Actor.objects.filter(conflict=conflict)
    return rows.exclude(pk=actor.pk) if actor else rows


def check_actor(
    conflict: Conflict, wanted: WantedActor, actor: Actor | None = None
) -> CheckedActor:
    """What would be written. Raises BadActor that names all that is wrong at once. A constant number of queries."""
    errors: dict[str, str] = {}
    others = list(others_of(conflict, actor))
    values = {name: " ".join(getattr(wanted, name).split()) for name in FIELDS if name != "note"}
    values["note"] = wanted.note.strip()
    values["colour"] = values["colour"].upper()
    values["number"] = values["number"] or guessed(values["short"])
    _check_words(values, others, errors)
    _check_choices(values, errors)
    _check_years(values, errors)
    if not {"colour", "pattern"} & set(errors):
        _check_paint(values, actor, others, errors)
    names = _names(wanted.aliases, errors)
    for name, limit in LONG.items():
        if len(getattr(wanted, name)) > limit:
            errors[name] = _("At most %(limit)d characters.") % {"limit": limit}
    belongs = _belongs(wanted.belongs, others, actor, errors)
    if errors:
        raise BadActor(errors)
    return CheckedActor(values, names, belongs)


def _check_words(values: dict[str, str], others: Sequence[Actor], errors: dict[str, str]) -> None:
    for name, limit in LIMITS.items():
        text = values[name]
        if not text:
            errors[name] = _("Give it a name.") if name == "name" else _("Give it a short name.")
        elif not fold_name(text) or any(sign in text for sign in "{}|"):
            errors[name] = _("A name has letters or digits, and no “{”, “}” or “|”.")
        elif len(text) > limit:
            errors[name] = _("At most %(limit)d characters.") % {"limit": limit}
        else:
            same = [one for one in others if fold_name(getattr(one, name)) == fold_name(text)]
            if same:
                errors[name] = _("%(actor)s is called that: readers could not tell them apart.") % {
                    "actor": same[0].name
                }


def _check_choices(values: dict[str, str], errors: dict[str, str]) -> None:
    allowed: dict[str, Sequence[str]] = {
        "kind": Actor.Kind.values,
        "number": Actor.Number.values,
        "pattern": PATTERNS,
    }
    for name, choices in allowed.items():
        if values[name] not in choices:
            errors[name] = _("Choose one of the list.")
    if not colour_validator.regex.search(values["colour"]):
        errors["colour"] = str(colour_validator.message)


def _check_years(values: dict[str, str], errors: dict[str, str]) -> None:
    for name in ("active_from", "active_to"):
        if values[name]:
            try:
                values[name] = edtf(values[name])
            except ValueError as error:
                errors[name] = str(error)
    if (
        values["active_from"]
        and values["active_to"]
        and not {"active_from", "active_to"} & set(errors)
    ):
        begins, ends = (parse(values[n], UTC) for n in ("active_from", "active_to"))
        if begins.earliest and ends.latest and ends.latest <= begins.earliest:
            errors["active_to"] = _("It would have ended before it began.")


def _check_paint(
    values: dict[str, str], actor: Actor | None, others: Sequence[Actor], errors: dict[str, str]
) -> None:
    """What was so before is not found fault with when something else is edited."""
    paint = Paint(values["colour"], values["pattern"])
    if actor is not None and paint == Paint(actor.colour.upper(), actor.pattern):
        return
    sights = {one.short: fills_alike(paint, Paint(one.colour, one.pattern)) for one in others}
    same = [short for short, found in sights.items() if found]
    if same:
        errors["colour"] = _(
            "On the map it could not be told from %(actors)s by %(sights)s: choose another colour or pattern."
        ) % {
            "actors": _(", ").join(same),
            "sights": sights_in_words({sight for short in same for sight in sights[short]}),
        }


def _names(text: str, errors: dict[str, str]) -> list[Spelled]:
    found: dict[str, Spelled] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            spelled = read_spelled(line)
        except ValueError as error:
            errors.setdefault(
                "aliases", _("Line %(number)d: %(why)s") % {"number": number, "why": error}
            )
            continue
        found.setdefault(spelled.text, spelled)
    return list(found.values())


def _belongs(
    rows: Sequence[Belongs], others: Sequence[Actor], actor: Actor | None, errors: dict[str, str]
) -> list[tuple[Actor, str, str]]:
    by_slug = {one.slug: one for one in others}
    found: list[tuple[Actor, str, str]] = []
    inside = set(actor.members.values_list("member", flat=True)) if actor else set()
    for at, row in enumerate(rows):
        if not row.coalition and not row.since.strip() and not row.until.strip():
            continue
        coalition = by_slug.get(row.coalition)
        if coalition is None:
            errors[f"coalition-{at}"] = _("Choose the actor to which it belongs.")
            continue
        if coalition.pk in inside:
            errors[f"coalition-{at}"] = _("%(actor)s belongs to this one already.") % {
                "actor": coalition.short
            }
        dates = []
        for name in ("since", "until"):
            text = getattr(row, name).strip()
            try:
                dates.append(edtf(text) if text else "")
            except ValueError as error:
                errors[f"{name}-{at}"] = str(error)
                dates.append("")
        if any(one[0] == coalition and one[1] == dates[0] for one in found):
            errors[f"coalition-{at}"] = _("The same membership is there twice.")
        found.append((coalition, dates[0], dates[1]))
    return found


def version_of(actor: Actor) -> str:
    """Another whenever the actor, a name or a membership of it was altered since."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION, {"actor": actor.pk})
        return ".".join(str(number) for number in cursor.fetchone())


VERSION = """
    SELECT (SELECT coalesce(max(pgh_id), 0) FROM events_actorevent WHERE pgh_obj_id = %(actor)s),
           (SELECT coalesce(max(pgh_id), 0) FROM events_actornameevent WHERE actor_id = %(actor)s),
           (SELECT coalesce(max(pgh_id), 0) FROM events_coalitionevent WHERE member_id = %(actor)s)
"""


def save_actor(
    conflict: Conflict,
    wanted: WantedActor,
    *,
    by: Any,
    actor: Actor | None = None,
    version: str = "",
) -> Actor:
    """Make it, or edit `actor` as it was at `version`; readers' files are due from then on.

    What it was called stays among its names. Raises BadActor, AlteredMeanwhile, PermissionDenied.
    """
    policy.require(by, "events.edit_actor", conflict)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('actors'), %s)", [conflict.pk])
        if actor is not None:
            actor = Actor.objects.select_for_update().get(pk=actor.pk, conflict=conflict)
            if version != version_of(actor):
                raise AlteredMeanwhile
        checked = check_actor(conflict, wanted, actor)
        before = [] if actor is None else [actor.name, actor.short]
        if actor is None:
            actor = Actor(conflict=conflict, slug=_free_slug(conflict, checked.values))
        if actor.pk is None or any(getattr(actor, n) != v for n, v in checked.values.items()):
            for name, value in checked.values.items():
                setattr(actor, name, value)
            actor.save()
        _write_names(actor, checked.names, before)
        _write_belongs(actor, checked.belongs)
        ReplayDue.objects.create(conflict=conflict, known_at=timezone.now())
    return actor


def _free_slug(conflict: Conflict, values: dict[str, str]) -> str:
    base = next(
        filter(None, (slugify(values[n])[:70].strip("-") for n in ("short", "name"))), "actor"
    )
    rows = Actor.objects.filter(conflict=conflict, slug__startswith=base)
    taken = set(rows.values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _write_names(actor: Actor, aliases: Sequence[Spelled], before: Sequence[str]) -> None:
    """Name and short name are always among the names; those of before stay when they are replaced."""
    wanted = {spelled.text: spelled for spelled in aliases}
    replaced = [name for name in before if name not in (actor.name, actor.short)]
    for name in (actor.name, actor.short, *replaced):
        wanted.setdefault(name, spelled_plainly(name))
    have = {row.name: row for row in actor.names.all()}
    for name, row in have.items():
        if name not in wanted:
            row.delete()
    for name, spelled in wanted.items():
        found = have.get(name) or ActorName(actor=actor, name=name, folded=fold_name(name))
        values = {
            "language": spelled.language,
            "used_from": spelled.since,
            "used_to": spelled.until,
        }
        if found.pk and name in (actor.name, actor.short) and not spelled.dated:
            # The form does not show how its own names were marked.
            continue
        if found.pk is None or any(getattr(found, n) != v for n, v in values.items()):
            for field_name, value in values.items():
                setattr(found, field_name, value)
            found.save()


def _write_belongs(actor: Actor, rows: Sequence[tuple[Actor, str, str]]) -> None:
    """In the order of the form, so that a date that is mended stays the same membership. None is taken away."""
    have = list(actor.coalitions.order_by("pk"))
    for at, (coalition, since, until) in enumerate(rows):
        row = have[at] if at < len(have) else Coalition(member=actor)
        if (row.coalition_id, row.since, row.until) != (coalition.pk, since, until):
            row.coalition, row.since, row.until = coalition, since, until
            row.save()
