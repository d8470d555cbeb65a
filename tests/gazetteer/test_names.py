"""Two spellings of one name fold to the same; two names do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.gazetteer import fold_name, language_of, script_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al-Sina'a", "Al Sinaa"),
        ("al-Sina’a", "AS-SINAA"),
        ("Deir ez-Zor", "deir ez zor"),
        ("Ar-Raqqah", "raqqah"),
        ("الصناعة", "صناعه"),
        ("الرقّة", "الرقة"),
        ("إدلب", "ادلب"),
        ("Kobanî", "kobani"),
        ("Tell  Abyad", "tell abyad"),
        ("Straße", "strasse"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("Homs", "Hama"), ("الرقة", "الرستن"), ("Azaz", "Aleppo")]
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


@given(st.text(max_size=200))
def test_folding_any_text_is_stable_and_bounded(text: str) -> None:
    folded = fold_name(text)
    assert len(folded) <= 150
    assert folded == folded.strip()
    assert "  " not in folded


def test_the_script_is_read_from_the_letters() -> None:
    assert [script_of(t) for t in ("Raqqa", "الرقة", "Ракка", "123")] == [
        "Latn",
        "Arab",
        "Cyrl",
        "",
    ]
    assert language_of("داعش") == "ar"
