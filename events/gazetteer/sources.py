"""Sources as the desk makes and edits them: what is wrong by field, who else cites them, and the writing of it.

A source belongs to the whole site: its name and grade are read wherever it is cited. Which actors it is partisan to is
said by each conflict of its own. None is deleted here, nor is its slug changed.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from events import policy
from events.models import Actor, Conflict, ReplayDue, Source, SourceName

from .names import fold_name

LONGEST = 150
# Letters of what has no limit in the record.
LONG = {"aliases": 20_000, "note": 5_000}
FIELDS = ("name", "kind", "reliability", "note")


class BadSource(ValueError):
    """`errors`: field -> a sentence. Nothing was written."""

    def __init__(self, errors: dict[str, str]):
        self.errors = errors
        super().__init__(" ".join(errors.values()))


class SourceAltered(Exception):
    """Somebody else saved the source since it was looked at; nothing was written."""


@dataclass(slots=True)
class WantedSource:
    """As typed. `aliases`: one a line. `leanings`: slugs of the conflict's actors."""

    name: str = ""
    kind: str = ""
    reliability: str = ""
    note: str = ""
    aliases: str = ""
    leanings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class CheckedSource:
    values: dict[str, str]
    names: list[str]
    leanings: list[Actor]


# All reports that the conflict's changes cite, and those that these relay, to the last one who said it.
CITED = """
    WITH RECURSIVE said AS (
        SELECT DISTINCT cited.report_id AS id FROM events_citation AS cited
        JOIN events_change AS change ON change.id = cited.change_id WHERE change.conflict_id = %(conflict)s
        UNION
        SELECT report.relays_id FROM events_report AS report JOIN said ON said.id = report.id
        WHERE report.relays_id IS NOT NULL
    )
    SELECT report.source_id, count(*) FROM said JOIN events_report AS report ON report.id = said.id
    GROUP BY report.source_id
"""
# The other way: from all reports of the source up to the changes that cite what relays them.
CITING = """
    WITH RECURSIVE said AS (
        SELECT id FROM events_report WHERE source_id = %(source)s
        UNION
        SELECT report.id FROM events_report AS report JOIN said ON report.relays_id = said.id
    )
    SELECT DISTINCT change.conflict_id FROM said
    JOIN events_citation AS cited ON cited.report_id = said.id
    JOIN events_change AS change ON change.id = cited.change_id
"""
VERSION = """
    SELECT (SELECT coalesce(max(pgh_id), 0) FROM events_sourceevent WHERE pgh_obj_id = %(source)s),
           (SELECT coalesce(string_agg(name, '|' ORDER BY id), '') FROM events_sourcename WHERE source_id = %(source)s),
           (SELECT coalesce(string_agg(actor_id::text, ',' ORDER BY actor_id), '') FROM events_source_leanings
            WHERE source_id = %(source)s)
"""


def reports_by_source(conflict: Conflict) -> dict[int, int]:
    """Source's key -> how many of its reports the conflict's record stands or once stood on, relayed ones too."""
    with connection.cursor() as cursor:
        cursor.execute(CITED, {"conflict": conflict.pk})
        return dict(cursor.fetchall())


def citing(source: Source) -> tuple[Conflict, ...]:
    """The conflicts whose record cites it, itself or by another's word."""
    with connection.cursor() as cursor:
        cursor.execute(CITING, {"source": source.pk})
        keys = [key for (key,) in cursor.fetchall()]
    return tuple(Conflict.objects.filter(pk__in=keys).order_by("pk"))


def source_version(source: Source) -> str:
    """Another whenever the source, its names or its leanings are others."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION, {"source": source.pk})
        number, names, leanings = cursor.fetchone()
    return f"{number}.{_short(names)}.{_short(leanings)}"


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def wanted_source(conflict: Conflict, source: Source) -> WantedSource:
    """What a form begins with: the source as it stands, with its leanings in this conflict."""
    values = {name: getattr(source, name) for name in FIELDS}
    aliases = "\n".join(source.names.values_list("name", flat=True))
    leanings = source.leanings.filter(conflict=conflict).order_by("pk")
    return WantedSource(**values, aliases=aliases, leanings=[actor.slug for actor in leanings])


def check_source(
    conflict: Conflict, wanted: WantedSource, source: Source | None = None
) -> CheckedSource:
    """What would be written. Raises BadSource that names all that is wrong at once."""
    errors: dict[str, str] = {}
    values = {
        "name": " ".join(wanted.name.split()),
        "kind": wanted.kind,
        "reliability": wanted.reliability,
        "note": wanted.note.strip(),
    }
    _check_name(values["name"], source, errors)
    for name, choices in (("kind", Source.Kind), ("reliability", Source.Reliability)):
        if values[name] not in choices.values:
            errors[name] = _("Choose one of the list.")
    names = _names(wanted.aliases, errors)
    for name, limit in LONG.items():
        if len(getattr(wanted, name)) > limit:
            errors[name] = _("At most %(limit)d characters.") % {"limit": limit}
    actors = {actor.slug: actor for actor in Actor.objects.filter(conflict=conflict)}
    if any(slug not in actors for slug in wanted.leanings):
        errors["leanings"] = _("Choose among the actors of this conflict.")
    if errors:
        raise BadSource(errors)
    return CheckedSource(values, names, [actors[slug] for slug in dict.fromkeys(wanted.leanings)])


def _check_name(name: str, source: Source | None, errors: dict[str, str]) -> None:
    folded = fold_name(name)
    if not name:
        errors["name"] = _("Give it a name.")
    elif not folded:
        errors["name"] = _("A name has letters or digits.")
    elif len(name) > LONGEST:
        errors["name"] = _("At most %(limit)d characters.") % {"limit": LONGEST}
    else:
        others = Source.objects.exclude(pk=source.pk) if source else Source.objects.all()
        named = SourceName.objects.filter(folded=folded, source__in=others).select_related("source")
        same = others.filter(folded=folded).first() or next((row.source for row in named), None)
        if same:
            errors["name"] = _("%(source)s is called that already.") % {"source": same.name}


def _names(text: str, errors: dict[str, str]) -> list[str]:
    found: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        name = " ".join(line.split())
        if not name:
            continue
        why = ""
        if not fold_name(name) or "|" in name:
            why = _("A name has letters or digits, and no “|”.")
        elif len(name) > LONGEST:
            why = _("At most %(limit)d characters.") % {"limit": LONGEST}
        if why:
            errors.setdefault(
                "aliases", _("Line %(number)d: %(why)s") % {"number": number, "why": why}
            )
        found.append(name)
    return list(dict.fromkeys(found))


def may_edit_source(user: Any, conflict: Conflict, source: Source) -> bool:
    return policy.may(user, "events.edit_source", policy.SharedSource(conflict, citing(source)))


def save_source(
    conflict: Conflict,
    wanted: WantedSource,
    *,
    by: Any,
    source: Source | None = None,
    version: str = "",
) -> Source:
    """Make it, or edit `source` as it was at `version`; the readers' files of all who cite it are due from then on.

    Raises BadSource, SourceAltered, PermissionDenied.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('sources'))")
        concerned: tuple[Conflict, ...] = ()
        if source is None:
            policy.require(by, "events.make_source", conflict)
        else:
            source = Source.objects.select_for_update().get(pk=source.pk)
            concerned = citing(source)
            policy.require(by, "events.edit_source", policy.SharedSource(conflict, concerned))
            if version != source_version(source):
                raise SourceAltered
        checked = check_source(conflict, wanted, source)
        source = source or Source(slug=_free_slug(checked.values["name"]))
        values = {**checked.values, "folded": fold_name(checked.values["name"])}
        if source.pk is None or any(getattr(source, n) != v for n, v in values.items()):
            for name, value in values.items():
                setattr(source, name, value)
            source.save()
        _write(conflict, source, checked)
        now = timezone.now()
        for one in concerned:
            ReplayDue.objects.create(conflict=one, known_at=now)
    return source


def _write(conflict: Conflict, source: Source, checked: CheckedSource) -> None:
    """Leanings in other conflicts are theirs to say."""
    have = {row.name: row for row in source.names.all()}
    for name, row in have.items():
        if name not in checked.names:
            row.delete()
    for name in checked.names:
        if name not in have:
            SourceName.objects.create(source=source, name=name, folded=fold_name(name))
    elsewhere = source.leanings.exclude(conflict=conflict)
    source.leanings.set([*elsewhere, *checked.leanings])


def _free_slug(name: str) -> str:
    base = slugify(name)[:70].strip("-") or "source"
    taken = set(Source.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
