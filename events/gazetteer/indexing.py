"""index_of(): the index of a conflict's names, kept per process, and brought up to date by what was altered.

Each use asks for the newest audit rows of the names (six primary keys). What was added or altered since is read
again, that alone; every CHECK_AFTER seconds the number of names is asked too, for what a transaction that began
earlier committed later, and what was deleted: then all is read anew. What the index names is looked up again before
it is published, so a stale one misleads nobody.
"""

from collections import defaultdict
from collections.abc import Iterable
from threading import Lock
from time import monotonic
from typing import Any

from django.apps import apps
from django.db import connection

from events.models import Actor, ActorName, Conflict, Place, PlaceName, Source, SourceName

from .index import ACTOR, PLACE, SHORTEST_SOUND, SOURCE, Index, Thing, shorter
from .names import fold_name, sound_of
from .search import KIND_ORDER

# Of each kind of thing: the table of things, that of names, and the column that leads from the one to the other.
TABLES: dict[str, tuple[Any, Any, str]] = {
    PLACE: (Place, PlaceName, "place"),
    ACTOR: (Actor, ActorName, "actor"),
    SOURCE: (Source, SourceName, "source"),
}
CHECK_AFTER = 30.0
# With more things altered at once, as by an import, all is read anew: it takes no longer then.
MANY = 500
Keys = Iterable[int] | None
_kept: dict[int, Index] = {}
_lock = Lock()


def index_of(conflict: Conflict) -> Index:
    """The conflict's index, up to date."""
    version = _version()
    with _lock:
        kept = _kept.get(conflict.pk)
        if kept and kept.version != version:
            kept = _updated(kept, conflict, version)
        if kept and monotonic() - kept.checked >= CHECK_AFTER:
            kept.checked = monotonic()
            kept = kept if kept.counts == _counts(conflict) else None
        _kept[conflict.pk] = kept = kept or _built(conflict, version)
        return kept


def _event(model: Any) -> Any:
    return apps.get_model("events", f"{model.__name__}Event")


def _version() -> tuple[int | None, ...]:
    """The newest audit row of everything that is indexed, in one look."""
    audited = [
        _event(model)._meta.db_table
        for things, names, _of in TABLES.values()
        for model in (things, names)
    ]
    looks = [f"(SELECT max(pgh_id) FROM {connection.ops.quote_name(t)})" for t in audited]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(looks)}")
        return tuple(cursor.fetchone())


def _counts(conflict: Conflict) -> tuple[int, ...]:
    return (
        PlaceName.every.filter(place__conflict=conflict).count(),
        ActorName.objects.filter(actor__conflict=conflict).count(),
        Source.objects.count(),
        SourceName.objects.count(),
    )


def _built(conflict: Conflict, version: tuple[int | None, ...]) -> Index:
    index = Index(version, _counts(conflict), monotonic())
    for what in TABLES:
        _read(index, conflict, what, None)
    return index


def _updated(kept: Index, conflict: Conflict, version: tuple[int | None, ...]) -> Index | None:
    """The index, with what was altered between the versions read again; None where that is too much, or where what
    was read before was not committed.
    """
    if any((now or 0) < (then or 0) for now, then in zip(version, kept.version, strict=True)):
        return None
    own: dict[str, list[tuple[int, str]]] = {}
    named: dict[str, list[tuple[int, str]]] = {}
    for at, (what, (things, names, of)) in enumerate(TABLES.items()):
        own[what] = _since(things, "pgh_obj_id", kept.version, version, 2 * at)
        named[what] = _since(names, f"{of}_id", kept.version, version, 2 * at + 1)
        if max(len(own[what]), len(named[what])) > MANY:
            return None
    for what in TABLES:
        # Those of other conflicts are nothing here, and are not read.
        if again := {key for key, _label in (*own[what], *named[what])}:
            _forget(kept, what, again)
            _read(kept, conflict, what, again)

    def added(what: str, rows: list[tuple[int, str]]) -> int:
        return sum(label == "insert" and (what, key) in kept.things for key, label in rows)

    places, actors, sources, aliases = kept.counts
    kept.counts = (
        places + added(PLACE, named[PLACE]),
        actors + added(ACTOR, named[ACTOR]),
        sources + added(SOURCE, own[SOURCE]),
        aliases + added(SOURCE, named[SOURCE]),
    )
    kept.version = version
    return kept


def _since(
    model: Any, of: str, then: tuple[int | None, ...], now: tuple[int | None, ...], at: int
) -> list[tuple[int, str]]:
    """(key of the thing, what was done) of a table's audit rows between two versions; MANY and one at most."""
    if then[at] == now[at]:
        return []
    rows = _event(model).objects.filter(pgh_id__gt=then[at] or 0, pgh_id__lte=now[at])
    return list(rows.order_by().values_list(of, "pgh_label")[: MANY + 1])


def _forget(index: Index, what: str, keys: Iterable[int]) -> None:
    """Lists are replaced and never altered: another thread may be going through one. A name that nothing has any
    more stays among the sounds, and leads nowhere.
    """
    for key in keys:
        gone = index.things.pop((what, key), None)
        if gone is None:
            continue
        if index.by_slug.get((what, gone.slug)) == gone:
            del index.by_slug[(what, gone.slug)]
        for name in index.of.pop((what, key), ()):
            index.names[name] = [thing for thing in index.names[name] if thing != gone]
        index.local.pop((what, key), None)
        if what == SOURCE:
            index.leanings.pop(key, None)


def _read(index: Index, conflict: Conflict, what: str, keys: Keys) -> None:
    """Take in things of a kind with their names: those of `keys`, or all."""
    things, names, of = TABLES[what]
    rows, called = things._base_manager.all(), names._base_manager.all()
    if what != SOURCE:
        rows = rows.filter(conflict=conflict)
        called = called.filter(**{f"{of}__conflict": conflict})
    if keys is not None:
        rows, called = rows.filter(pk__in=keys), called.filter(**{f"{of}__in": keys})
    if what == PLACE:
        places = rows.order_by("path").values_list("pk", "slug", "name", "kind", "path")
        for pk, slug, name, kind, path in places:
            rank = KIND_ORDER.get(Place.Kind(kind), 9)
            _add(index, Thing(PLACE, pk, slug, name, kind, path, rank), ())
    elif what == ACTOR:
        for pk, slug, name, short in rows.values_list("pk", "slug", "name", "short"):
            _add(index, Thing(ACTOR, pk, slug, short, name), (short, name))
    else:
        for pk, slug, name, kind in rows.values_list("pk", "slug", "name", "kind"):
            _add(index, Thing(SOURCE, pk, slug, name, kind), (name, slug))
        _leanings(index, conflict, keys)
    for pk, folded in called.order_by("pk").values_list(of, "folded"):
        thing = index.things.get((what, pk))
        if thing:
            _name(index, folded, thing)
    if what != SOURCE:
        _local(index, what, of, called)


def _local(index: Index, what: str, of: str, called: Any) -> None:
    """Names by language, the first of each: as the readers' files have them (replay/places.py)."""
    rows = called.exclude(language__in=("", "en"))
    if what == PLACE:
        rows = rows.filter(kind=PlaceName.Kind.OFFICIAL)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for pk, language, name in rows.order_by("pk").values_list(of, "language", "name"):
        found[pk].setdefault(language, name)
    index.local.update({(what, pk): names for pk, names in found.items()})


def _leanings(index: Index, conflict: Conflict, keys: Keys) -> None:
    rows = Source.leanings.through.objects.filter(actor__conflict=conflict)
    if keys is not None:
        rows = rows.filter(source__in=keys)
    found: dict[int, set[int]] = defaultdict(set)
    for source, actor in rows.values_list("source", "actor"):
        found[source].add(actor)
    index.leanings.update(found)


def _add(index: Index, thing: Thing, own: Iterable[str]) -> None:
    index.things[(thing.what, thing.pk)] = thing
    index.by_slug[(thing.what, thing.slug)] = thing
    for name in own:
        _name(index, fold_name(name), thing)


def _name(index: Index, folded: str, thing: Thing) -> None:
    known = index.names.get(folded)
    if not folded or (known and thing in known):
        return
    index.names[folded] = [*(known or ()), thing]
    index.of[(thing.what, thing.pk)] = [*index.of.get((thing.what, thing.pk), ()), folded]
    words = folded.split(" ")
    index.longest[words[0]] = max(index.longest.get(words[0], 0), len(words))
    if known is None:
        _sound(index, folded)


def _sound(index: Index, folded: str) -> None:
    """A name that is new to the index."""
    sound = sound_of(folded)
    if len(sound) < SHORTEST_SOUND:
        return
    index.sounds[sound] = [*index.sounds.get(sound, ()), folded]
    if len(sound) > SHORTEST_SOUND:
        for less in shorter(sound):
            index.slips[less] = [*index.slips.get(less, ()), folded]
