"""Short ways to ask the API in tests."""

from typing import Any

from django.test import Client

V1 = "/api/v1/conflicts"


def get(client: Client, path: str, **query: Any) -> Any:
    """The answer's JSON; the status must be 200."""
    response = client.get(V1 + path, query)
    assert response.status_code == 200, response.content
    return response.json()


def refused(client: Client, path: str, **query: Any) -> list[str]:
    """The fields that a 422 names."""
    response = client.get(V1 + path, query)
    assert response.status_code == 422, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == 422
    assert all(error["reason"] for error in body["errors"])
    return [error["field"] for error in body["errors"]]


def standing(client: Client, place: str, **query: Any) -> dict[str, Any]:
    (row,) = get(client, "/war/standing", place=place, **query)["places"]
    found: dict[str, Any] = row
    return found
