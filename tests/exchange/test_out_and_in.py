"""Actors and sources that are written as CSV and read again are the same, in a conflict that had none."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from events import exchange
from events.exchange.actors_csv import COLUMNS
from events.exchange.formulas import guarded, unguarded
from events.gazetteer import fold_name
from events.models import Actor, ActorName, Coalition, Conflict, Source
from tests.factories import ActorFactory, ConflictFactory, MembershipFactory, SourceFactory
from tests.war import make_war

FIXTURES = Path(exchange.__file__).parents[1] / "fixtures" / "syria"


def actors_of(conflict: Conflict) -> list[Any]:
    """All that is stored of each, in order."""
    plain = [name for name in COLUMNS if name not in ("aliases", "parent")]
    return [
        (
            [getattr(actor, name) for name in plain],
            sorted(actor.names.values_list("name", "language", "used_from", "used_to", "folded")),
            sorted(actor.coalitions.values_list("coalition__slug", "since", "until")),
        )
        for actor in Actor.objects.filter(conflict=conflict).order_by("pk")
    ]


def sources_of(conflict: Conflict) -> list[Any]:
    return [
        (
            (one.slug, one.name, one.folded, one.kind, one.reliability, one.note),
            sorted(one.names.values_list("name", "folded")),
            sorted(one.leanings.filter(conflict=conflict).values_list("slug", flat=True)),
        )
        for one in Source.objects.order_by("pk")
    ]


def bring(tmp_path: Path, text: str, importer: Any) -> exchange.Outcome:
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return exchange.run(path, importer)


@pytest.fixture
def rich(db: None) -> Conflict:
    """Names with dates and languages, two memberships, signs that spreadsheets and CSV trip over."""
    war = ConflictFactory(slug="war")
    sdf = ActorFactory(
        conflict=war, slug="sdf", short="SDF", active_from="2015-10", colour="#F0E442"
    )
    hts = ActorFactory(
        conflict=war, slug="hts", name="=HTS", short="+HTS", aliases=["هيئة تحرير الشام"],
        pattern="grid", note='two\nlines, a "quote" and a | bar', active_from="2012~", number="plural",
    )  # fmt: skip
    for name, language, since, until in (
        ("Jabhat al-Nusra", "", "2012", "2016-07"),
        ("Hêzên", "ku", "", ""),
        ("النصرة", "fa", "", "2017"),
    ):
        ActorName.objects.create(
            actor=hts, name=name, folded=fold_name(name), language=language,
            used_from=since, used_to=until,
        )  # fmt: skip
    ActorName.objects.filter(actor=hts, name="+HTS").update(used_from="2017-01-28")
    for actor, since, until in ((sdf, "2015-10/2015-12", "2019"), (sdf, "", "")):
        Coalition.objects.create(member=hts, coalition=actor, since=since, until=until)
    ypg = ActorFactory(conflict=war, slug="ypg", active_from="2011")
    Coalition.objects.create(member=ypg, coalition=sdf, since="2011", until="")
    return war


def test_actors_come_back_as_they_went_out(rich: Conflict, tmp_path: Path) -> None:
    text = exchange.actors_csv(rich)
    fresh = ConflictFactory(slug="fresh")
    into = lambda path, outcome: exchange.import_actors(path, outcome, fresh)  # noqa: E731
    assert bring(tmp_path, text, into).created == 3
    assert actors_of(fresh) == actors_of(rich)
    assert exchange.actors_csv(fresh) == text
    again = bring(tmp_path, text, into)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
    assert actors_of(fresh) == actors_of(rich)


def test_the_demos_actors_and_sources_come_back_too(db: None, tmp_path: Path) -> None:
    demo, fresh = ConflictFactory(slug="demo"), ConflictFactory(slug="fresh")
    exchange.run(FIXTURES / "actors.csv", lambda p, o: exchange.import_actors(p, o, demo))
    bring(tmp_path, exchange.actors_csv(demo), lambda p, o: exchange.import_actors(p, o, fresh))
    assert actors_of(fresh) == actors_of(demo)
    assert len(actors_of(demo)) == 16
    exchange.run(FIXTURES / "sources.csv", exchange.import_sources)
    before = sources_of(demo)
    assert len(before) == 58
    text = exchange.sources_csv(exchange.source_rows(demo, Source.objects.all()))
    Source.objects.all().delete()
    assert bring(tmp_path, text, exchange.import_sources).created == 58
    assert sources_of(demo) == before


def test_sources_come_back_as_they_went_out(db: None, tmp_path: Path) -> None:
    war = ConflictFactory()
    red = ActorFactory(conflict=war, slug="red")
    other = ActorFactory(slug="theirs")
    source = SourceFactory(slug="sana", name="-SANA, the agency", note="@state", reliability="D")
    source.names.create(name="سانا", folded=fold_name("سانا"))
    source.names.create(name="=SANA", folded="sana")
    source.leanings.set([red, other])
    SourceFactory(slug="plain")
    before = sources_of(war)
    text = exchange.sources_csv(exchange.source_rows(war, Source.objects.all()))
    assert "theirs" not in text
    Source.objects.all().delete()
    assert bring(tmp_path, text, exchange.import_sources).created == 2
    assert sources_of(war) == before
    assert bring(tmp_path, text, exchange.import_sources).unchanged == 2


def test_those_are_cited_whom_a_cited_report_relays(db: None) -> None:
    war = make_war()
    named = set(exchange.cited_in(war).values_list("slug", flat=True))
    assert named == {"monitor"}
    last = SourceFactory(slug="military")
    between = SourceFactory(slug="between")
    told = last.reports.create(title="said so")
    heard = between.reports.create(title="heard it", relays=told)
    report = Source.objects.get(slug="monitor").reports.first()
    report.relays = heard
    report.save()
    SourceFactory(slug="silent")
    assert set(exchange.cited_in(war).values_list("slug", flat=True)) == {
        "monitor",
        "between",
        "military",
    }


@pytest.mark.parametrize(
    "text", ["=1+1", "-x", " +x", "'=x", "''@x", "'plain'", "plain", "", "\tx"]
)
def test_what_a_spreadsheet_would_run_is_kept_from_it_and_given_back(text: str) -> None:
    out = guarded(text)
    assert not out.lstrip(" ").startswith(("=", "+", "-", "@", "\t"))
    assert unguarded(out) == text


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("x,X,Nusra {2012},", "aliases"),
        ("x,X,Nusra {from soon},", "aliases"),
        ("x,X,,red {since 2012}", "parent"),
        ("x,X,,nobody {from 2012}", "parent"),
    ],
)
def test_braces_that_say_nothing_are_refused_by_row_and_column(
    db: None, tmp_path: Path, cells: str, column: str
) -> None:
    war = ConflictFactory()
    ActorFactory(conflict=war, slug="red")
    text = f"slug,name,aliases,parent\n{cells}\n"
    with pytest.raises(exchange.Refusal) as refused:
        bring(tmp_path, text, lambda p, o: exchange.import_actors(p, o, war))
    assert [(p.line, p.column) for p in refused.value.outcome.problems] == [(2, column)]


def test_the_desks_file_and_the_commands_are_the_same(client: Any, rich: Conflict) -> None:
    client.force_login(MembershipFactory(conflict=rich, role="reporter").user)
    for what in ("actors", "sources"):
        answer = client.get(f"/desk/war/{what}.csv")
        assert f'filename="war-{what}.csv"' in answer.headers["Content-Disposition"]
        out = StringIO()
        call_command(f"export_{what}", "war", stdout=out)
        assert answer.content.decode() == out.getvalue()
    assert client.get("/desk/war/sources.csv").content.startswith(
        b"slug,name,aliases,kind,leanings"
    )


def test_only_the_desk_has_what_is_noted_of_sources(client: Any, db: None) -> None:
    make_war()
    Source.objects.filter(slug="monitor").update(note="paid by nobody knows whom")
    text = client.get("/api/v1/conflicts/war/sources?format=csv").content.decode()
    assert text.splitlines()[0] == "slug,name,aliases,kind,leanings,reliability"
    assert "monitor,A monitor,,monitor,sdf,B" in text
    assert "paid by" not in client.get("/api/v1/conflicts/war/sources").content.decode()
    assert client.get("/desk/war/sources.csv").status_code == 302
    assert client.get("/api/v1/conflicts/war/sources?format=xml").status_code == 422
