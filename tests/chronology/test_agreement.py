"""How verbs go with names of actors."""

import pytest

from events.chronology.agreement import PLURAL, SINGULAR, Name, agree, guessed


@pytest.mark.parametrize(
    "name",
    [
        "Rebels",
        "rebel fighters",
        "Syrian Democratic Forces",
        "People's Protection Units",
        "Druze factions",
        "Local Druze factions of Suwayda",
        "Rapid Support Forces (RSF)",
        "New authorities",
        "Tribal militias",
        "Men of Dignity",
        "Houthis",
        "Taliban",
    ],
)
def test_a_name_of_many_is_plural(name: str) -> None:
    assert guessed(name) == PLURAL


@pytest.mark.parametrize(
    "name",
    [
        "",
        "IS",
        "ISIS",
        "Isis",
        "SDF",
        "RSF",
        "U.S.",
        "US",
        "Government",
        "Army",
        "Army of Conquest",
        "Syrian National Army (Turkish-backed forces)",
        "Ministry of Defence Forces",
        "US-led coalition against Islamists",
        "Fifth Corps",
        "Hamas",
        "Hezbollah",
        "United States",
        "United Arab Emirates",
        "Cyprus",
        "National Congress",
        "قسد",
        "فصائل المعارضة",
    ],
)
def test_abbreviations_states_armies_and_other_scripts_are_singular(name: str) -> None:
    assert guessed(name) == SINGULAR


def test_the_form_is_that_of_one_for_one_and_of_many_for_several_or_a_plural_name() -> None:
    assert agree("holds", "hold", "IS") == "holds"
    assert agree("holds", "hold", Name("IS")) == "holds"
    assert agree("holds", "hold", Name("Rebels", True)) == "hold"
    assert agree("holds", "hold", "IS", "SDF") == "hold"


def test_a_name_is_a_text_like_others() -> None:
    assert Name("Rebels", True) == "Rebels"
    assert f"{Name('Rebels', True)}" == "Rebels"
