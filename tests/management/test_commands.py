"""The operator's commands: what they say, and how they end."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from events import policy
from events.models import Change, Conflict, Membership, Place, ReplayBuild, Span
from tests.factories import ConflictFactory, UserFactory
from tests.war import make_war


def run(*args: Any, **options: Any) -> str:
    out = StringIO()
    call_command(*args, stdout=out, stderr=out, **options)
    return out.getvalue()


def test_the_demo_is_for_development_alone(db: None, settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        run("load_demo")
    assert not Conflict.objects.exists()


@pytest.mark.slow
def test_the_demo_loads_makes_accounts_and_changes_nothing_twice(db: None, settings: Any) -> None:
    settings.DEBUG = True
    said = run("load_demo")
    assert "account editor" in said
    counts = [model.objects.count() for model in (Place, Change, Span)]
    assert counts[:2] == [240, 981]
    assert "account" not in run("load_demo")
    assert [model.objects.count() for model in (Place, Change, Span)] == counts
    roles = Membership.objects.values_list("user__username", "role")
    assert dict(roles) == {name: name for name in ("reporter", "editor", "chief")}
    assert ReplayBuild.objects.get().manifest["conflict"]["slug"] == "syria"
    assert "0 differences" in run("check_spans", "syria")
    assert "0 spans closed, 0 opened" in run("rebuild_spans")


def test_a_conflict_of_ones_own_from_files(db: None, tmp_path: Path) -> None:
    run("create_conflict", "sudan", title="Sudan", timezone="Africa/Khartoum", start="2023-04-15")
    files = {
        "places.csv": "slug,kind,name_en,lat,lon\nkhartoum,town,Khartoum,15.6,32.5\n",
        "actors.csv": "slug,name,kind,colour\nsaf,SAF,state,#D55E00\n",
        "sources.csv": "slug,name\nagency,Agency\n",
        "changes.csv": "id,date,actor,verb,place,source\nk1,2023-04-15,saf,holds,khartoum,agency\n",
        "orientation.geojson": '{"type": "FeatureCollection", "features": [{"type": "Feature",'
        ' "properties": {"kind": "river", "name": "Nile"},'
        ' "geometry": {"type": "LineString", "coordinates": [[32.5, 15.6], [32.6, 16.7]]}}]}',
        "estimates.csv": "place,actor,measure,value,as_of,source\nkhartoum,saf,fighters,5,2023,agency\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    run("import_gazetteer", "sudan", tmp_path / "places.csv")
    run("import_actors", "sudan", tmp_path / "actors.csv")
    run("import_sources", tmp_path / "sources.csv")
    said = run(
        "import_changes", "sudan", tmp_path / "changes.csv", "--published-at", "2023-04-16T00:00Z"
    )
    assert "1 new" in said
    run("import_estimates", "sudan", tmp_path / "estimates.csv")
    assert "1 new" in run("import_orientation", "sudan", tmp_path / "orientation.geojson")
    run("build_replay", "sudan")
    assert ReplayBuild.objects.get().manifest["known_at"] == "2023-04-16T00:00:00+00:00"


def test_a_new_conflict_has_the_chief_who_is_named(db: None) -> None:
    anna = UserFactory(username="anna")
    days = {"timezone": "Africa/Tripoli", "start": "2019-04-04"}
    run("create_conflict", "libya", title="Libya", chief="anna", **days)
    libya = Conflict.objects.get(slug="libya")
    assert policy.may(anna, "events.manage_conflict", libya)
    with pytest.raises(CommandError, match="no such active account; createsuperuser"):
        run("create_conflict", "chad", title="Chad", chief="nobody", **days)
    assert not Conflict.objects.filter(slug="chad").exists()


def test_a_refused_import_says_where_and_fails(db: None, tmp_path: Path) -> None:
    ConflictFactory(slug="war")
    path = tmp_path / "places.csv"
    path.write_text("slug,kind,name_en\nx,village,X\n")
    out = StringIO()
    with pytest.raises(CommandError, match="nothing was saved"):
        call_command("import_gazetteer", "war", path, stderr=out, stdout=out)
    assert "line 2, column kind, “village”" in out.getvalue()
    with pytest.raises(CommandError, match="were refused"):
        run("import_gazetteer", "war", path, "--skip-bad")


def test_an_import_of_changes_says_what_the_desk_would_have_warned_of(
    db: None, tmp_path: Path
) -> None:
    make_war()
    path, all_of_them = tmp_path / "changes.csv", tmp_path / "warnings.csv"
    path.write_text(
        "id,date,actor,verb,place,source\n"
        "=a,2018-01-01,sdf,retook,west,monitor\n"
        "b,2018-01-02,sdf,captured,west,monitor\n"
        "c,2018-01-03,is,captured,west,monitor\n"
    )
    said = StringIO()
    call_command("import_changes", "war", path, "--warnings", all_of_them, stdout=said, stderr=said)
    assert "3 new" in said.getvalue()
    assert (
        "changes.csv: warning never_held, 1 of them. By this record it never held the place before. line 2 (=a)"
        in said.getvalue()
    )
    rows = list(csv.reader(all_of_them.open(encoding="utf-8")))
    assert rows[0] == ["file", "line", "id", "code", "warning"]
    assert {tuple(row[1:4]) for row in rows[1:]} == {
        ("2", "'=a", "never_held"),
        ("2", "'=a", "partisan"),
        ("3", "b", "holds_already"),
        *(
            (line, public_id, "long_ago")
            for line, public_id in (("2", "'=a"), ("3", "b"), ("4", "c"))
        ),
    }
    call_command("import_changes", "war", path, "--warnings", all_of_them, stdout=said, stderr=said)
    assert len(list(csv.reader(all_of_them.open(encoding="utf-8")))) == 1
    with pytest.raises(CommandError, match="nowhere"):
        run("import_changes", "war", path, "--warnings", tmp_path / "nowhere" / "x.csv")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("import_actors", "nowhere", "x.csv"), "no conflict “nowhere”"),
        (("import_sources", "missing.csv"), "no such file"),
        (
            ("create_conflict", "x", "--title", "X", "--timezone", "Mars", "--start", "2020-01-01"),
            "timezone",
        ),
        (
            ("create_conflict", "x", "--title", "X", "--timezone", "UTC", "--start", "soon"),
            "not a day",
        ),
        (("build_replay", "nowhere"), "no conflict"),
        (("check_spans", "nowhere"), "no conflict"),
    ],
)
def test_a_wrong_argument_gets_one_clear_line(db: None, args: tuple[str, ...], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        run(*args)
