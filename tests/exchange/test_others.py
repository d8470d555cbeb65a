"""actors.csv, estimates.csv, conflict.json and the base map."""

import json

import pytest

from events import exchange
from events.models import Actor, ActorName, Coalition, Conflict, Estimate, Orientation

from .conftest import Bring


def test_actors_get_names_a_pattern_and_their_coalition(bring: Bring, conflict: Conflict) -> None:
    text = (
        "slug,name,short,aliases,kind,parent,colour,active_from\n"
        "ypg,YPG,YPG,وحدات حماية الشعب|People's Protection Units,non-state,sdf,#B59F00,2011\n"
        "sdf,SDF,SDF,,non-state,,#F0E442,2015-10\n"
    )
    assert bring(exchange.import_actors, text).created == 2
    assert Coalition.objects.get().coalition.slug == "sdf"
    assert ActorName.objects.filter(actor__slug="ypg").count() == 3
    patterns = [actor.pattern for actor in Actor.objects.filter(slug__in=["ypg", "sdf"])]
    assert len(set(patterns)) == 2
    assert bring(exchange.import_actors, text).unchanged == 2


def test_how_verbs_go_with_a_name_is_guessed_until_a_row_says_it(
    bring: Bring, conflict: Conflict
) -> None:
    bring(exchange.import_actors, "slug,name\nfsa,Rebels\nydg,YDG\n")
    number = dict(Actor.objects.filter(conflict=conflict).values_list("slug", "number"))
    assert (number["fsa"], number["ydg"]) == ("plural", "singular")
    bring(exchange.import_actors, "slug,name,number\nfsa,Rebels,singular\nydg,YDG,\n")
    bring(exchange.import_actors, "slug,name\nfsa,Rebels\n")
    number = dict(Actor.objects.filter(conflict=conflict).values_list("slug", "number"))
    assert (number["fsa"], number["ydg"]) == ("singular", "singular")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("x,X,army,#123456,,", "kind"),
        ("x,X,state,red,,", "colour"),
        ("x,,state,#123456,,", "name"),
        ("x,X,state,#123456,2017-02-30,", "active_from"),
        ("x,X,state,#123456,,many", "number"),
    ],
)
def test_a_bad_actor_is_named(bring: Bring, conflict: Conflict, row: str, column: str) -> None:
    outcome = bring(exchange.import_actors, f"slug,name,kind,colour,active_from,number\n{row}\n")
    assert [(p.line, p.column) for p in outcome.problems] == [(2, column)]
    assert not Actor.objects.filter(slug="x").exists()


def test_figures_count_parties_or_civilians(bring: Bring, conflict: Conflict) -> None:
    text = (
        "place,actor,measure,value,low,high,as_of,source\n"
        "city,red,fighters,2500,2000,3000,2017-06,monitor\n"
        "city,civilians,persons,100000,,,2017-06-30,monitor\n"
    )
    assert bring(exchange.import_estimates, text).created == 2
    assert Estimate.objects.get(subject="civilians").actor is None
    assert bring(exchange.import_estimates, text).unchanged == 2


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("city,reds2,fighters,1,,,2017,monitor", "actor"),
        ("city,red,fighters,many,,,2017,monitor", "value"),
        ("city,red,fighters,,,,2017,monitor", "value"),
        ("city,red,fighters,NaN,,,2017,monitor", "value"),
        ("city,red,fighters,1e30,,,2017,monitor", "value"),
        ("city,red,fighters,5,9,3,2017,monitor", "low"),
        ("city,red,fighters,5,,,2017-13,monitor", "as_of"),
        ("city,red,,5,,,2017,monitor", "measure"),
        ("atlantis,red,fighters,5,,,2017,monitor", "place"),
    ],
)
def test_a_bad_figure_is_named(bring: Bring, conflict: Conflict, row: str, column: str) -> None:
    outcome = bring(
        exchange.import_estimates, f"place,actor,measure,value,low,high,as_of,source\n{row}\n"
    )
    assert [(p.line, p.column) for p in outcome.problems] == [(2, column)]
    assert not Estimate.objects.exists()


GIVEN = {
    "slug": "syria",
    "title": "Syria",
    "timezone": "Asia/Damascus",
    "start": "2011-03-15",
    "bounds": [35, 32, 42, 37],
}


def test_a_conflict_is_made_once(bring: Bring) -> None:
    assert bring(exchange.import_conflict, json.dumps(GIVEN), name="c.json").created == 1
    assert bring(exchange.import_conflict, json.dumps(GIVEN), name="c.json").unchanged == 1
    assert Conflict.objects.get(slug="syria").bounds.extent == (35, 32, 42, 37)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"start": "2011-02-30"}, "start"),
        ({"start": 7}, "start"),
        ({"bounds": [1, 2]}, "bounds"),
        ({"title": ""}, "title"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_bad_conflict_is_named(bring: Bring, change: dict[str, object], field: str) -> None:
    outcome = bring(exchange.import_conflict, json.dumps({**GIVEN, **change}), name="c.json")
    assert field in {problem.column for problem in outcome.problems}
    assert not Conflict.objects.filter(slug="syria").exists()


def river(kind: str, coordinates: object, type_: str = "LineString") -> str:
    about = {"kind": kind, "name": "Euphrates", "schematic": True}
    feature = {
        "type": "Feature",
        "properties": about,
        "geometry": {"type": type_, "coordinates": coordinates},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def test_the_base_map_is_replaced_only_where_it_differs(bring: Bring, conflict: Conflict) -> None:
    first = river("river", [[38, 36], [39, 35]])
    assert bring(exchange.import_orientation, first, name="o.geojson").created == 1
    pk = Orientation.objects.get().pk
    assert bring(exchange.import_orientation, first, name="o.geojson").unchanged == 1
    assert Orientation.objects.get().pk == pk
    bring(exchange.import_orientation, river("river", [[38, 36], [39, 34]]), name="o.geojson")
    assert Orientation.objects.get().pk != pk


@pytest.mark.parametrize(
    "text",
    [river("road", [[38, 36], [39, 35]]), river("land", [[38, 36], [39, 35]]), river("river", "x")],
)
def test_what_is_no_base_map_is_refused(bring: Bring, conflict: Conflict, text: str) -> None:
    assert bring(exchange.import_orientation, text, name="o.geojson").problems
    assert not Orientation.objects.exists()
