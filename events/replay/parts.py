"""Parts: the files of one build, each made anew only where what it is made of has changed."""

from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from events.models import Actor, Change, Conflict, ReplayBuild

from . import files, ground, inputs, record, words
from .columns import FORMAT
from .days import Days, micros
from .geometry import geometry_files
from .places import (
    Known,
    Names,
    actors_of,
    labelled,
    names_by_language,
    names_file,
    places_file,
    places_of,
)
from .texts import edited_days, past_texts, pieces, text_files


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
        picture = self.kept["ground"] if self.kept else self._ground()
        said = words.put(self.slug)
        standings = self._standings()
        texts, index = self._texts(standings.changes)
        edits = {"sources": self.sources, "edit": self.last_edit}
        listed = {
            "now": standings.now,
            "timeline": [entry[1:] for entry in standings.timeline],
            "known": [entry[1:] for entry in standings.known],
        }
        named = {**fixed, **listed, "changes": index}
        kept = {
            "gazetteer": self.gazetteer,
            "fixed": fixed,
            "ground": picture,
            "words": said,
            "standings": asdict(standings),
            "texts": texts,
        }
        every = {*self._names(named), *said.values(), picture}
        return Made(named, {**kept, **edits, "names": sorted(every)})

    def _names(self, named: dict[str, Any]) -> set[str]:
        """Every file that the manifest leads to."""
        lists = [value for value in named.values() if not isinstance(value, str)]
        single = {value for value in named.values() if isinstance(value, str)}
        return single | {name for entries in lists for *_, name in entries} | {*self.text_names}

    @cached_property
    def places(self) -> list[Known]:
        return places_of(self.conflict)

    @cached_property
    def actors(self) -> list[Actor]:
        return actors_of(self.conflict)

    @cached_property
    def names(self) -> tuple[Names, Names]:
        return names_by_language(self.conflict)

    def _fixed(self) -> dict[str, str]:
        """What only an edit of the gazetteer changes."""
        places = self.places
        of_places, of_actors = self.names
        labels = labelled(places)
        whole, coarse = geometry_files(self.conflict, places)
        named = {
            "places": files.put(self.slug, "places", places_file(places, self.actors, of_actors)),
            "labels": files.put(self.slug, "labels", names_file(places, of_places, labels)),
            "geometry": files.put(self.slug, "geometry", whole),
        }
        named["coarse"] = (
            named["geometry"] if coarse is whole else files.put(self.slug, "coarse", coarse)
        )
        everyone = range(len(places))
        if len(labels) < len(places):
            full = names_file(places, of_places, everyone)
            return {**named, "names": files.put(self.slug, "names", full)}
        return {**named, "names": named["labels"]}

    def _ground(self) -> str:
        """For the server's own picture: no reader loads it, so the manifest does not name it."""
        made = ground.make(self.conflict, self.places, self.names[0])
        return files.put_json(self.slug, "ground", made, quality=5)

    @cached_property
    def fresh(self) -> list[int]:
        return inputs.published_since(self.conflict, self.since)

    def _standings(self) -> record.Made:
        """What a publication touches."""
        made = record.Record(self.conflict, self.days, self.places, self.actors)
        if self.kept:
            touched = inputs.reached(self.conflict, self.fresh)
            last = record.Made(**self.kept["standings"])
            if touched is not None:
                with suppress(FileNotFoundError):
                    return made.after(last, self.fresh, self.since, touched)
        return made.afresh()

    def _texts(self, counts: list[int]) -> tuple[list[list[Any]], str]:
        """The files of changes in words, and the index that names them; `counts`: changes by day."""
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
        past = [
            files.put_json(self.slug, "changes-past", content)
            for content in past_texts(self.conflict, self.days)
        ]
        # by their last part: the index lies beside them, wherever that is
        content = {
            "format": FORMAT,
            "kind": "index",
            "files": [[first, end, *map(last_part, names)] for _, first, end, names in texts],
            "past": [last_part(name) for name in past],
        }
        index = files.put_json(self.slug, "changes", content)
        self.text_names = [*past, *(name for *_, names in texts for name in names)]
        return texts, index

    def _touched_days(self) -> set[int]:
        changes = Change.objects.filter(pk__in=self.fresh).values_list("latest", flat=True)
        days = {self.days.on_map(micros(latest)) for latest in changes}
        reports = inputs.edited_reports(self.conflict, self.kept.get("edit", 0))
        return days | edited_days(self.conflict, self.days, reports)


def last_part(name: str) -> str:
    return name.rsplit("/", 1)[-1]
