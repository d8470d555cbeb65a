"""Standings, changes and what a back-dated one alters, in sentences that agree with who does it."""

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from events.chronology.agreement import Name
from events.chronology.standing import Standing
from events.chronology.verbs import VERBS
from events.ledger.altered import Altered, in_a_line
from events.ledger.sentences import SENTENCES, said
from events.ledger.words import standing_in_words

SCRIPT = Path(__file__).parent.parent / "js" / "say-sentences.mjs"
NAMES = {"is": Name("IS"), "rebels": Name("Rebels", True), "sdf": Name("SDF")}


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing(state="held", holds=("is",)), "IS holds"),
        (Standing(state="held", holds=("rebels",)), "Rebels hold"),
        (Standing(state="joint", holds=("is", "sdf")), "IS and SDF hold it together"),
        (
            Standing(state="contested", holds=("rebels",), contests=("is",), besieges=("sdf",)),
            "Rebels hold, IS contests, SDF besieges it",
        ),
        (
            Standing(state="contested", holds=("is",), contests=("rebels",), besieges=("rebels",)),
            "IS holds, Rebels contest, Rebels besiege it",
        ),
        (
            Standing(state="held", holds=("is",), present=("rebels",)),
            "IS holds, Rebels are present",
        ),
    ],
)
def test_a_standing_agrees_with_who_has_the_role(standing: Standing, words: str) -> None:
    assert standing_in_words(standing, NAMES) == words


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("holds", "Rebels hold East"),
        ("shares", "Rebels share East"),
        ("present", "Rebels are present in East"),
        ("absent", "Rebels have no role in East any more"),
        ("captured", "Rebels captured East"),
    ],
)
def test_what_a_change_says_agrees_with_its_actor(verb: str, words: str) -> None:
    assert said(verb, NAMES["rebels"], "East") == words


def test_the_other_actor_does_not_decide_the_verb() -> None:
    assert said("holds", NAMES["is"], "East", NAMES["rebels"]) == "IS holds East, not Rebels"
    assert said("holds", NAMES["rebels"], "East", NAMES["is"]) == "Rebels hold East, not IS"


def test_every_verb_has_its_sentence() -> None:
    assert set(SENTENCES) == set(VERBS)


def test_scripts_say_a_change_in_the_same_words() -> None:
    node = shutil.which("node")
    assert node, "node is part of the set-up"
    done = subprocess.run([node, str(SCRIPT)], capture_output=True, text=True, check=True)
    here = {
        verb: [
            [str(one) for one in form] if isinstance(form, tuple) else [str(form)] for form in forms
        ]
        for verb, forms in SENTENCES.items()
    }
    assert json.loads(done.stdout) == here


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("holds", "Rebels hold"),
        ("contests", "Rebels contest"),
        ("besieges", "Rebels besiege it"),
        ("present", "Rebels are present"),
        ("claims", "Rebels are said to hold it"),
        ("unclear", "nobody is known to hold it"),
    ],
)
def test_what_is_altered_agrees_with_whose_role_it_is(role: str, words: str) -> None:
    span = (datetime(2017, 6, 30, tzinfo=UTC), None)
    line = in_a_line(Altered("rebels", role, None, span), "East", NAMES, UTC)
    assert line.startswith(f"East, {words}: ")
