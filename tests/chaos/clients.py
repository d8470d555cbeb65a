"""Clients who publish by the public API, each until it is told that it is done, whatever dies meanwhile."""

import http.client
import json
import random
import time
from dataclasses import dataclass, field
from threading import Condition
from typing import Any
from urllib.parse import urlsplit

ACTORS, PLACES = ("is", "sdf"), ("province", "city", "east", "west", "village")
VERBS = ("captured", "entered", "withdrew", "besieged", "unclear")
PATIENCE = 300


@dataclass
class Told:
    """What clients were told: number of the publish -> ids of changes, one for each acknowledgement."""

    acknowledged: dict[int, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    retries: int = 0
    changed: Condition = field(default_factory=Condition)

    def acknowledge(self, number: int, change: str) -> None:
        with self.changed:
            self.acknowledged.setdefault(number, []).append(change)
            self.changed.notify_all()

    def wait_for(self, count: int) -> bool:
        """Whether so many are acknowledged; however slow the machine is, while there is any headway."""
        with self.changed:
            while len(self.acknowledged) < count and not self.problems:
                if not self.changed.wait(PATIENCE):
                    return False
        return True


class Client:
    def __init__(self, url: str, token: str, told: Told) -> None:
        self.address, self.told = urlsplit(url).netloc, told
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(self, path: str, body: dict[str, Any], **headers: str) -> tuple[int, dict[str, Any]]:
        """(status, answer); a broken connection is a 0, as is anything that is no JSON."""
        connection = http.client.HTTPConnection(self.address, timeout=20)
        try:
            connection.request("POST", path, json.dumps(body), {**self.headers, **headers})
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError):
            return 0, {}
        finally:
            connection.close()

    def insist(self, path: str, body: dict[str, Any], **headers: str) -> dict[str, Any]:
        """Ask until the answer is a success or the caller's own fault."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            status, answer = self.ask(path, body, **headers)
            if status in (200, 201):
                return answer
            if status == 409 and answer.get("warnings"):
                codes = [warning["code"] for warning in answer["warnings"]]
                body = {**body, "confirm": codes, "override_reason": "known"}
            elif 400 <= status < 500:
                raise AssertionError(f"{path}: {status} {answer}")
            else:
                self.told.retries += 1
                time.sleep(0.02)  # a client that hammers a dead server learns nothing sooner
        raise AssertionError(f"{path}: no answer within {PATIENCE} s")

    def publish(self, number: int, chance: random.Random) -> None:
        actor, other = chance.sample(ACTORS, 2)
        verb = chance.choice(VERBS)
        body = {
            "actor": actor,
            "verb": verb,
            "places": [chance.choice(PLACES)],
            "date": f"2017-06-{chance.randrange(1, 29):02d}",
            "headline": f"chaos {number}",
            "citations": [{"source": "monitor", "title": f"Report {number}"}],
        }
        draft = self.insist(
            "/api/v1/conflicts/chaos/drafts", body, **{"Idempotency-Key": f"chaos-{number}"}
        )
        path = f"/api/v1/drafts/{draft['id']}/publish"
        # one in four asks again although it was told, as a client does whose answer was lost
        for _ in range(2 if chance.random() < 0.25 else 1):
            self.told.acknowledge(number, self.insist(path, {})["change"]["id"])
