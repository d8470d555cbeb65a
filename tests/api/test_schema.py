"""The OpenAPI says what the API answers: each answer fits its schema and has nothing besides; docs/api.md too."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from events import replay
from events.api import schemas
from events.models import Conflict
from tests.war import take_back

from .asking import get

DOCS = Path(__file__).parents[2] / "docs" / "api.md"


def strict(model: Any, answer: Any, at: str = "") -> None:
    """Every key is in the schema and every field that is needed is in the answer, all the way down."""
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    needed = {name for name, field in fields.items() if field.is_required()}
    assert needed <= set(answer) <= set(fields), f"{model.__name__} {at}"
    model.model_validate(answer)
    for name, field in fields.items():
        for inner in [field.annotation, *getattr(field.annotation, "__args__", ())]:
            if isinstance(inner, type) and issubclass(inner, schemas.Schema):
                found = answer.get(name, [])
                rows = found if isinstance(found, list) else [found]
                for row in rows:
                    strict(inner, row, f"{at}.{name}")


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("", schemas.ConflictsOut),
        ("/war/standing?at=2017-06-20", schemas.StandingsOut),
        ("/war/standing?at=2017-06-20&confirmed=true", schemas.StandingsOut),
        ("/war/stale?at=2017-06-20", schemas.StalesOut),
        ("/war/compare?from=2017-06-01&to=2017-06-29", schemas.ComparedOut),
        ("/war/changes", schemas.ChangesOut),
        ("/war/corrections", schemas.CorrectionsOut),
        ("/war/places?q=east", schemas.MatchesOut),
        ("/war/places/city/history", schemas.HistoryOut),
        ("/war/actors", schemas.ActorsOut),
        ("/war/sources", schemas.SourcesOut),
        ("/war/replay", schemas.ManifestOut),
    ],
)
def test_answers_fit_their_schema(client: Client, war: Conflict, path: str, model: Any) -> None:
    take_back(war)
    replay.build(war)
    strict(model, get(client, path))


def test_a_problem_fits_its_schema(client: Client, war: Conflict) -> None:
    strict(schemas.Problem, client.get("/api/v1/conflicts/war/standing?at=soon").json())


def test_every_call_and_parameter_is_in_the_docs(client: Client, db: None) -> None:
    text = DOCS.read_text(encoding="utf-8")
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert len(paths) == 13
    for path, methods in paths.items():
        shown = (
            path.removeprefix("/api/v1").replace("{conflict}", "{c}").replace("{place}", "{slug}")
        )
        for method, call in methods.items():
            assert f"`{method.upper()} {shown}`" in text, shown
            section = text.split(f"`{method.upper()} {shown}`")[1].split("\n## ")[0]
            for parameter in call.get("parameters", []):
                if parameter["in"] == "query":
                    assert f"`{parameter['name']}`" in section, (shown, parameter["name"])


def test_the_page_of_docs_names_every_call(client: Client, db: None) -> None:
    html = client.get("/api/v1/docs").content.decode()
    for path in client.get("/api/v1/openapi.json").json()["paths"]:
        assert path in html
    assert "https://" not in html
