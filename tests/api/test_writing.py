"""The calls that write: by token, never by cookie; kept as a draft whatever is wrong; published by policy."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from events import ledger
from events.api import schemas
from events.models import ApiToken, Change, Conflict, Draft
from tests.api.test_schema import strict
from tests.factories import ConflictFactory, MembershipFactory, SourceFactory, UserFactory

DRAFTS = "/api/v1/conflicts/war/drafts"
BODY: dict[str, Any] = {
    "actor": "sdf",
    "verb": "retook",
    "places": ["East"],
    "date": "2017-07-03",
    "citations": [{"source": "An agency", "title": "SDF back in East", "note": "by telephone"}],
}
CONFIRM = {"confirm": ["long_ago"], "override_reason": "an old record, brought in"}


@pytest.fixture(autouse=True)
def agency(war: Conflict) -> None:
    SourceFactory(slug="agency", name="An agency")


def token(war: Conflict, role: str = "editor", *scopes: str) -> str:
    user = MembershipFactory(user=UserFactory(), conflict=war, role=role).user
    return ApiToken.issue(user, list(scopes or ApiToken.Scope.values))[1]


def send(client: Client, address: str, text: str | None, body: Any = None, **more: Any) -> Any:
    headers = {"Authorization": f"Bearer {text}"} if text else {}
    return client.post(
        address,
        body if isinstance(body, str | bytes) else json.dumps(body or {}),
        content_type="application/json",
        headers={**headers, **more},
    )


def problem_of(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    return found


def test_a_draft_says_what_it_would_do_and_publishing_does_it(
    client: Client, war: Conflict
) -> None:
    text = token(war)
    response = send(client, DRAFTS, text, BODY)
    assert response.status_code == 201
    draft = response.json()
    strict(schemas.DraftOut, draft)
    assert draft["problems"] == []
    assert [w["code"] for w in draft["warnings"]] == ["long_ago"]
    assert draft["effects"] == [
        {"place": "east", "day": "2017-07-03", "before": "IS holds", "after": "SDF holds"}
    ]
    assert response.headers["Cache-Control"] == "no-store"
    published = send(client, f"/api/v1/drafts/{draft['id']}/publish", text, CONFIRM)
    assert published.status_code == 200, published.content
    strict(schemas.PublishedOut, published.json())
    change = Change.objects.get(public_id=published.json()["change"]["id"])
    assert (change.verb, change.date) == ("retook", "2017-07-03")
    assert change.citations.get().note == "by telephone"
    assert change.overrides[0]["code"] == "long_ago"
    assert ledger.check(war) == []


def test_publishing_twice_answers_the_same_change(client: Client, war: Conflict) -> None:
    text = token(war)
    address = f"/api/v1/drafts/{send(client, DRAFTS, text, BODY).json()['id']}/publish"
    first, again = (send(client, address, text, CONFIRM) for _ in range(2))
    assert first.json() == again.json()
    assert Change.objects.filter(date="2017-07-03").count() == 1


def test_the_same_key_makes_one_draft(client: Client, war: Conflict) -> None:
    text = token(war)
    first, again = (
        send(client, DRAFTS, text, BODY, **{"Idempotency-Key": "import-7"}) for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert Draft.objects.count() == 1


def test_what_is_wrong_is_named_and_kept(client: Client, war: Conflict) -> None:
    text = token(war)
    body = {**BODY, "date": "2017-02-30", "places": ["East", "Nowhere"], "citations": [{}]}
    draft = send(client, DRAFTS, text, body).json()
    wrong = {p["field"] for p in draft["problems"]}
    assert wrong == {"date", "places[1]", "citations[0].source"}
    assert Draft.objects.get().typed["date"] == "2017-02-30"
    found = problem_of(send(client, f"/api/v1/drafts/{draft['id']}/publish", text), 422)
    assert {"date", "places[1]"} <= {error["field"] for error in found["errors"]}
    assert not Change.objects.filter(date="2017-02-30").exists()


def test_a_warning_is_answered_and_asks_for_a_reason(client: Client, war: Conflict) -> None:
    text = token(war)
    address = f"/api/v1/drafts/{send(client, DRAFTS, text, BODY).json()['id']}/publish"
    found = problem_of(send(client, address, text), 409)
    assert [warning["code"] for warning in found["warnings"]] == ["long_ago"]
    assert problem_of(send(client, address, text, {"confirm": ["long_ago"]}), 409)["warnings"]
    assert send(client, address, text, CONFIRM).status_code == 200


def test_a_correction_by_the_api(client: Client, war: Conflict) -> None:
    text = token(war)
    body = {**BODY, "actor": "is", "kind": "correction", "corrects": "c3", "date": "2017-07-01"}
    draft = send(client, DRAFTS, text, body).json()
    assert [p["field"] for p in draft["problems"]] == ["reason"]
    draft = send(client, DRAFTS, text, {**body, "reason": "misread"}).json()
    codes = [warning["code"] for warning in draft["warnings"]]
    more = {"confirm": codes, "override_reason": "checked"}
    assert send(client, f"/api/v1/drafts/{draft['id']}/publish", text, more).status_code == 200
    newer = Change.objects.get(supersedes__public_id="c3")
    assert (newer.kind, newer.reason) == ("correction", "misread")


@pytest.mark.parametrize("text", [None, "", "nonsense", "x" * 5000, "tracker_ü"])
def test_without_a_token_that_counts_nothing_is_done(
    client: Client, war: Conflict, text: str | None
) -> None:
    response = send(client, DRAFTS, text, BODY)
    problem_of(response, 401)
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert not Draft.objects.exists()


def test_a_signed_in_browser_is_nobody_here(client: Client, war: Conflict) -> None:
    user = MembershipFactory(user=UserFactory(), conflict=war, role="chief").user
    client.force_login(user)
    problem_of(send(client, DRAFTS, None, BODY), 401)
    assert not Draft.objects.exists()


def test_another_sites_page_is_not_told_that_it_may_send_a_token(
    client: Client, war: Conflict
) -> None:
    headers = client.options(DRAFTS).headers
    assert "authorization" not in headers["Access-Control-Allow-Headers"].lower()
    assert "POST" not in headers["Access-Control-Allow-Methods"]


def test_a_revoked_token_and_one_of_a_suspended_person_count_no_more(
    client: Client, war: Conflict
) -> None:
    text = token(war)
    ApiToken.objects.get().revoke()
    problem_of(send(client, DRAFTS, text, BODY), 401)
    other = token(war)
    person = ApiToken.objects.get(revoked_at=None).user
    person.is_active = False
    person.save()
    problem_of(send(client, DRAFTS, other, BODY), 401)


@pytest.mark.parametrize(
    ("role", "scopes", "drafting", "publishing"),
    [
        ("editor", ["draft", "publish"], 201, 200),
        ("editor", ["draft"], 201, 403),
        ("editor", ["publish"], 403, None),
        ("reporter", ["draft", "publish"], 201, 403),
        ("outsider", ["draft", "publish"], 403, None),
    ],
)
def test_a_token_allows_what_its_person_may_and_no_more_than_its_scopes(
    client: Client, war: Conflict, role: str, scopes: list[str], drafting: int, publishing: Any
) -> None:
    where = ConflictFactory() if role == "outsider" else war
    text = token(where, "chief" if role == "outsider" else role, *scopes)
    made = send(client, DRAFTS, text, BODY)
    assert made.status_code == drafting
    if publishing:
        response = send(client, f"/api/v1/drafts/{made.json()['id']}/publish", text, CONFIRM)
        assert response.status_code == publishing
    assert Change.objects.filter(date="2017-07-03").exists() is (publishing == 200)


def test_a_draft_of_another_desk_does_not_exist(client: Client, war: Conflict) -> None:
    made = send(client, DRAFTS, token(war), BODY).json()["id"]
    stranger = token(ConflictFactory(), "chief")
    problem_of(send(client, f"/api/v1/drafts/{made}/publish", stranger, CONFIRM), 404)
    problem_of(send(client, f"/api/v1/drafts/{10**30}/publish", stranger), 404)


def test_a_version_that_is_not_the_drafts_publishes_nothing(client: Client, war: Conflict) -> None:
    text = token(war)
    made = send(client, DRAFTS, text, BODY).json()
    address = f"/api/v1/drafts/{made['id']}/publish"
    found = problem_of(send(client, address, text, {**CONFIRM, "version": 7}), 409)
    assert found["version"] == made["version"]
    assert send(client, address, text, {**CONFIRM, "version": 1}).status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**BODY, "plaace": "East"}, "plaace"),
        ({**BODY, "places": "East"}, "places"),
        ({**BODY, "place_count": "many"}, "place_count"),
        ({**BODY, "kind": "deletion"}, "kind"),
        ({"sentence": 7}, "sentence"),
    ],
)
def test_a_body_that_cannot_be_is_refused_by_field(
    client: Client, war: Conflict, body: Any, field: str
) -> None:
    found = problem_of(send(client, DRAFTS, token(war), body), 422)
    assert field in [error["field"] for error in found["errors"]]
    assert not Draft.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "\x00", "\ud800".encode(errors="replace")])
def test_what_is_no_json_is_the_callers_fault(client: Client, war: Conflict, body: Any) -> None:
    response = send(client, DRAFTS, token(war), body or b" ")
    assert response.status_code in (400, 422), response.content
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_token_is_printed_once_and_kept_as_a_digest(
    war: Conflict, capsys: pytest.CaptureFixture[str]
) -> None:
    UserFactory(username="robot")
    call_command("create_token", "robot", scope=["draft"], label="wire")
    text = capsys.readouterr().out.strip()
    made = ApiToken.objects.get()
    assert (made.scopes, made.label, made.last_used_at) == (["draft"], "wire", None)
    assert text not in str(list(ApiToken.objects.values()))
    assert ApiToken.find(text) == made
    made.refresh_from_db()
    assert made.last_used_at is not None
    call_command("revoke_token", text)
    assert ApiToken.find(text) is None
    with pytest.raises(CommandError):
        call_command("create_token", "nobody")
    with pytest.raises(CommandError):
        call_command("revoke_token", "nonsense")


def test_where_two_persons_are_asked_for_one_is_not_enough(client: Client, war: Conflict) -> None:
    Conflict.objects.filter(pk=war.pk).update(two_person=True)
    text = token(war)
    address = f"/api/v1/drafts/{send(client, DRAFTS, text, BODY).json()['id']}/publish"
    assert "second person" in problem_of(send(client, address, text, CONFIRM), 409)["detail"]
    assert not Change.objects.filter(date="2017-07-03").exists()


def test_what_waits_for_its_hour_is_not_published_before(client: Client, war: Conflict) -> None:
    text = token(war, "chief")
    made = send(client, DRAFTS, text, BODY).json()["id"]
    chief = ApiToken.objects.get().user
    Draft.objects.filter(pk=made).update(
        status="embargoed", lifter=chief, approved_by=chief, embargo_reason="until it is safe"
    )
    found = problem_of(send(client, f"/api/v1/drafts/{made}/publish", text, CONFIRM), 409)
    assert "waits for its hour" in found["detail"]
    assert not Change.objects.filter(date="2017-07-03").exists()
