"""Parts: the files of one build, each made anew only where what it is made of has changed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, F, Q, When

from events.models import Actor, Change, Conflict, ReplayBuild

from . import files, inputs
from .days import Days, Micros, micros
from .geometry import geometry_file
from .places import (
    Known,
    actors_of,
    labelled,
    names_by_language,
    names_file,
    places_file,
    places_of,
)
from .standings import Steps, slugs_of, spans_by_place, steps_of
from .texts import edited_days, in_record, pieces, text_files
from .timeline import NOBODY, Counts, now_file, read_rows, rows_of, timeline_files


@dataclass(frozen=True, slots=True)
class Made:
    """`files`: names by kind, as the manifest lists them; `kept`: what the next build reuses."""

    files: dict[str, Any]
    kept: dict[str, Any]


class Parts:
    """`last`: the build before, None where nothing may be reused; `since`: the first instant of what it lacks,
    None where it lacks nothing.
    """

    def __init__(
        self, conflict: Conflict, end: date, last: ReplayBuild | None, since: datetime | None
    ) -> None:
        self.conflict = conflict
        self.slug = conflict.slug
        self.days = Days(conflict, end)
        self.gazetteer = inputs.gazetteer(conflict)
        self.sources = inputs.sources(conflict)
        # asked before the reports are read: one that is edited meanwhile is read again by the next build
        self.last_edit = inputs.last_edit()
        kept = last.parts if last else {}
        # Another gazetteer moves the positions that all other files speak of.
        self.kept = kept if kept.get("gazetteer") == self.gazetteer else {}
        self.since = since

    def make(self) -> Made:
        fixed = self.kept["fixed"] if self.kept else self._fixed()
        timeline, now = self._standings(fixed)
        texts, index = self._texts()
        edits = {"sources": self.sources, "edit": self.last_edit}
        named = {**fixed, "now": now, "timeline": timeline, "changes": index}
        kept = {"gazetteer": self.gazetteer, "fixed": fixed, "timeline": timeline, "texts": texts}
        return Made(named, {**kept, **edits})

    @cached_property
    def places(self) -> list[Known]:
        return places_of(self.conflict)

    @cached_property
    def actors(self) -> list[Actor]:
        return actors_of(self.conflict)

    def _fixed(self) -> dict[str, str]:
        """What only an edit of the gazetteer changes."""
        places = self.places
        of_places, of_actors = names_by_language(self.conflict)
        labels = labelled(places)
        named = {
            "places": files.put(self.slug, "places", places_file(places, self.actors, of_actors)),
            "labels": files.put(self.slug, "labels", names_file(places, of_places, labels)),
            "geometry": files.put(self.slug, "geometry", geometry_file(self.conflict, places)),
        }
        everyone = range(len(places))
        if len(labels) < len(places):
            full = names_file(places, of_places, everyone)
            return {**named, "names": files.put(self.slug, "names", full)}
        return {**named, "names": named["labels"]}

    @cached_property
    def fresh(self) -> list[int]:
        return inputs.published_since(self.conflict, self.since)

    def _standings(self, fixed: dict[str, str]) -> tuple[list[list[Any]], str]:
        standings = self._reused() if self.kept else None
        slugs = slugs_of(self.actors)
        number = {actor.slug: at for at, actor in enumerate(self.actors)}
        index = {place.pk: at for at, place in enumerate(self.places)}
        touched = None if standings is None else inputs.reached(self.conflict, self.fresh)
        if standings is None or touched is None:
            standings = {}
        else:
            for place in touched:
                standings.pop(index[place], None)
        for place, spans in spans_by_place(self.conflict, slugs, touched):
            if place in index:
                standings[index[place]] = steps_of(spans, self.days, number)
        made = timeline_files(rows_of(standings), self.counts, self.conflict.start, self.days.count)
        timeline = [
            [first, end, files.put(self.slug, f"timeline-{name}", data)]
            for name, first, end, data in made
        ]
        now = files.put(self.slug, "now", now_file(standings, len(self.places)))
        return timeline, now

    def _reused(self) -> dict[int, Steps] | None:
        try:
            return read_rows(files.get(name) for _, _, name in self.kept["timeline"])
        except FileNotFoundError:
            return None

    @cached_property
    def counts(self) -> Counts:
        """How many changes (day, position of the actor who gained)."""
        number = {actor.pk: at for at, actor in enumerate(self.actors)}
        gives = Q(verb__in=("withdrew", "handed_over"), other_actor__isnull=False)
        gained = Case(When(gives, then=F("other_actor_id")), default=F("actor_id"))
        rows = in_record(self.conflict).annotate(until=Micros("latest"), gained=gained)
        grouped = rows.order_by().values("until", "gained").annotate(times=Count("pk"))
        found: Counts = Counter()
        for until, gained_by, times in grouped.values_list("until", "gained", "times"):
            day = self.days.on_map(until)
            if day < self.days.count:
                found[day, number.get(gained_by, NOBODY)] += times
        return found

    def _texts(self) -> tuple[list[list[Any]], str]:
        """The files of changes in words, and the index that names them."""
        counts = [0] * self.days.count
        for (day, _), times in self.counts.items():
            counts[day] += times
        wanted = pieces(counts, self.days)
        kept = {name: names for name, _, _, names in self.kept.get("texts", [])}
        if self.kept.get("sources") != self.sources:
            kept = {}
        touched = self._touched_days() if kept else set()
        missing = [
            (name, first, end)
            for name, first, end in wanted
            if name not in kept or any(first <= day < end for day in touched)
        ]
        for name, contents in text_files(self.conflict, self.days, missing, counts):
            kept[name] = [
                files.put_json(self.slug, f"changes-{name}", content, quality=5)
                for content in contents
            ]
        texts = [[*piece, kept[piece[0]]] for piece in wanted]
        listed = [[first, end, *map(files.url, names)] for _, first, end, names in texts]
        index = files.put_json(self.slug, "changes", {"kind": "index", "files": listed})
        return texts, index

    def _touched_days(self) -> set[int]:
        changes = Change.objects.filter(pk__in=self.fresh).values_list("latest", flat=True)
        days = {self.days.on_map(micros(latest)) for latest in changes}
        reports = inputs.edited_reports(self.conflict, self.kept.get("edit", 0))
        return days | edited_days(self.conflict, self.days, reports)
