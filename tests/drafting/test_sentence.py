"""A sentence is read into the parts of a change, and no word of it is dropped."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.drafting.from_sentence import typed_from
from events.drafting.sentence import filled, merge, read
from events.drafting.typed import Typed
from events.gazetteer import fold_name
from events.gazetteer.names import sound_of
from events.ledger import Refused
from events.models import Conflict, PlaceName
from tests.drafting.sentences import SETS, measure, slugs, understood

ON = date(2017, 7, 1)  # a Saturday
SIX = [
    (
        "IS retook al-Senaa from SDF, 29-30 June 2017 — SOHR https://example.org/report",
        ("is", "retook", ["al-sinaa"], "sdf", "2017-06-29/2017-06-30", [["sohr", "reports"]]),
    ),
    (
        "SDF captured al-Rumaniya, al-Sabahiya yesterday; AFP",
        ("sdf", "captured", ["al-rumaniya", "al-sabahiya"], "", "2017-06-30", [["afp", "reports"]]),
    ),
    (
        "Daesh withdrew from 17 towns and villages in Aleppo, Friday, SOHR; confirmed by Syrian military source",
        (
            *("is", "withdrew", ["aleppo-province"], "", "2017-06-30"),
            [["sohr", "reports"], ["syrian-military", "confirms"]],
        ),
    ),
    ("الجيش السوري سيطر على مسكنة", ("government", "captured", ["maskanah"], "", "", [])),
    (
        "YPG cut off the last road out of Raqqa on Thursday",
        ("ypg", "besieged", ["raqqa"], "", "2017-06-29", []),
    ),
    ("SDF entered Raqqa 6 June", ("sdf", "entered", ["raqqa"], "", "2017-06-06", [])),
]


def covered(text: str, conflict: Conflict) -> None:
    """Every letter is in a part, in what is underlined, or in a word of the glue."""
    reading = read(conflict, text, on=ON)
    assert reading.text == text
    for start, end in [*((p.start, p.end) for p in reading.parts), *reading.unread]:
        assert 0 <= start <= end <= len(text)


@pytest.fixture
def six(demo: Conflict) -> Conflict:
    return demo


def test_the_six_sentences_are_understood_with_no_correction(six: Conflict) -> None:
    for text, (actor, verb, places, other, day, sources) in SIX:
        found = understood(six, text, ON)
        assert found["actor"] == actor, text
        assert found["verb"] == verb, text
        assert found["places"] == places, text
        assert found["other_actor"] == other, text
        assert found["date"] == day, text
        assert found["sources"] == sources, text
        assert found["unread"] == [], text
    assert understood(six, SIX[2][0], ON)["place_count"] == "17"
    first = read(six, SIX[0][0], on=ON)
    assert first.value("url") == "https://example.org/report"


def test_of_each_set_nine_parts_of_ten_are_right_and_all_that_is_not_understood_is_marked(
    demo: Conflict,
) -> None:
    """script/sentences prints what is measured here."""
    figures = {name: measure(demo, name) for name in SETS}
    for name, found in figures.items():
        print(found.line(name))
        print("\n".join(f"  {wrong}" for wrong in found.wrong))
    assert sum(found.sentences for found in figures.values()) >= 60
    for name, found in figures.items():
        assert found.unread > 0
        assert found.unmarked == [], name
        assert found.right / found.parts >= 0.9, name


@pytest.mark.parametrize(
    "text",
    [
        "Russian warplanes bombed Jisr al-Shughur",
        "Syrian forces seized Tabqa dam",
        "Islamist rebels entered Idlib",
        "SDF captured Raqqa, Syrian activists said",
        "طائرات روسية قصفت إدلب",
    ],
)
def test_an_ordinary_word_or_a_nationality_is_never_guessed_to_be_a_name(
    demo: Conflict, text: str
) -> None:
    reading = read(demo, text, on=ON)
    assert [part.value for part in reading.parts if part.guessed and part.box[:4] != "date"] == []


def test_an_adjective_beside_people_is_the_actor_that_it_is_of(demo: Conflict) -> None:
    for text, actor in (
        ("Russian warplanes bombed Idlib", "Russia"),
        ("Turkish troops entered Jarabulus", "Turkey"),
        ("قصفت طائرات روسية إدلب", "Russia"),
        ("Pro-government forces entered Idlib", "Government"),
    ):
        assert read(demo, text, on=ON).value("actor") == actor, text
    reading = read(demo, "Turkey-backed rebels entered al-Bab", on=ON)
    assert reading.value("actor") == "Rebels"
    assert "Turkey" in reading.unread_words[0]


def test_a_place_is_guessed_only_where_a_place_is_expected(demo: Conflict) -> None:
    for text, places in (
        ("SDF captured Mishleb", ["Al-Meshleb"]),
        ("Mishleb was captured by SDF", ["Al-Meshleb"]),
        ("Mishleb fell to SDF", ["Al-Meshleb"]),
        ("Mishleb captured Raqqa", ["Raqqa"]),
        ("Mishleb militants captured Raqqa", ["Raqqa"]),
        ("SDF captured Wadi Yabrod", []),
        ("SDF captured Tell Bana", []),
    ):
        reading = read(demo, text, on=ON)
        assert [part.value for part in reading.of("places")] == places, text


def test_a_word_that_says_it_did_not_happen_leaves_the_verb_to_the_editor(demo: Conflict) -> None:
    for text in (
        "SDF has not captured Raqqa",
        "SDF failed to capture Raqqa",
        "قسد لم تسيطر على الرقة",
    ):
        reading = read(demo, text, on=ON)
        assert reading.value("verb") == "", text
        assert reading.unread, text


def test_what_follows_a_second_verb_is_underlined_and_taken_for_no_place_of_the_first(
    demo: Conflict,
) -> None:
    reading = read(demo, "SDF entered Raqqa and captured al-Meshleb", on=ON)
    assert [part.value for part in reading.of("places")] == ["Raqqa"]
    assert "captured" in " ".join(reading.unread_words)
    assert "Meshleb" in " ".join(reading.unread_words)


TWO = [
    (
        "IS retook al-Senaa and SDF withdrew to al-Meshleb",
        [("is", "retook", ["al-sinaa"]), ("sdf", "withdrew", ["al-sinaa"])],
    ),
    (
        "SDF entered Raqqa and captured al-Meshleb",
        [("sdf", "entered", ["raqqa"]), ("sdf", "captured", ["al-mashlab"])],
    ),
    (
        "SDF entered and captured Raqqa",
        [("sdf", "entered", ["raqqa"]), ("sdf", "captured", ["raqqa"])],
    ),
    (
        "SDF captured al-Rumaniya and al-Meshleb was seized by IS",
        [("sdf", "captured", ["al-rumaniya"]), ("is", "captured", ["al-mashlab"])],
    ),
    (
        "IS lost Tabqa to SDF and withdrew from Raqqa",
        [("sdf", "captured", ["tabqa"]), ("is", "withdrew", ["raqqa"])],
    ),
    (
        "SDF captured al-Senaa on Monday and seized Tabqa on Tuesday",
        [("sdf", "captured", ["al-sinaa"]), ("sdf", "captured", ["tabqa"])],
    ),
    ("SDF failed to capture Raqqa but took Tabqa", [("sdf", "captured", ["tabqa"])]),
    ("SDF and YPG captured Raqqa", [("sdf", "captured", ["raqqa"])]),
    ("SDF captured al-Rumaniya, seized al-Meshleb", [("sdf", "captured", ["al-mashlab", "al-rumaniya"])]),
    (
        "سيطر الجيش السوري على مسكنة وانسحب داعش من الرقة",
        [("government", "captured", ["maskanah"]), ("is", "withdrew", ["raqqa"])],
    ),
]  # fmt: skip


def test_each_change_of_a_sentence_is_read_with_who_did_it_and_where(demo: Conflict) -> None:
    for text, wanted in TWO:
        found = [slugs(demo, change) for change in read(demo, text, on=ON).changes]
        assert [(f["actor"], f["verb"], f["places"]) for f in found] == wanted, text


def test_a_source_speaks_for_every_change_and_a_date_for_its_own(demo: Conflict) -> None:
    text = "SOHR: IS retook al-Senaa on Monday and SDF withdrew to al-Meshleb on Tuesday"
    one, two = read(demo, text, on=ON).changes
    assert (one.value("date"), two.value("date")) == ("2017-06-26", "2017-06-27")
    assert one.value("source") == two.value("source") != ""
    assert [part.guessed for part in two.of("places")] == [True]


def test_spellings_and_scripts_of_one_name_sound_alike() -> None:
    for names in (
        ("Meshleb", "Mishlab", "المشلب"),
        ("Senaa", "Sinaa", "الصناعة"),
        ("Raqqa", "Rakka"),
    ):
        assert len({sound_of(fold_name(name)) for name in names}) == 1, names


def test_a_guess_is_marked_and_offers_what_else_may_be_meant(demo: Conflict) -> None:
    (place,) = read(demo, "SDF captured Mishleb", on=ON).of("places")
    assert place.value == "Al-Meshleb"
    assert place.guessed
    (day,) = read(demo, "SDF entered Raqqa 6 June", on=ON).of("date")
    assert day.guessed
    assert [option.value for option in day.options][:2] == ["2017-06-06", "2016-06-06"]


@pytest.mark.parametrize(
    ("text", "guessed"),
    [
        ("SDF captured Wxyzabad in Raqqa province, 5 July 2017", True),
        ("SDF captured the village of Wxyzabad in the countryside of Raqqa", True),
        ("SDF captured Raqqa province, Wxyzabad", False),
        ("SDF captured Maskanah in Aleppo province", False),
        ("On Friday SDF captured Maskanah", False),
    ],
)
def test_where_an_unknown_name_lies_is_only_guessed_to_be_what_fell(
    demo: Conflict, text: str, guessed: bool
) -> None:
    (place,) = read(demo, text, on=ON).of("places")
    assert place.guessed is guessed


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("AFP, quoting SOHR, said on 30 June 2017 that IS withdrew from Maskanah", ["AFP < SOHR"]),
        ("Reuters reported that SDF captured Resafa, citing SOHR", ["Reuters < SOHR"]),
        ("SDF captured Resafa, SOHR; confirmed by AFP", ["SOHR", "AFP"]),
        ("SDF captured Resafa, citing SOHR", ["SOHR"]),
        ("سيطرت قسد على الرصافة، رويترز نقلا عن المرصد السوري", ["Reuters < SOHR"]),
    ],
)
def test_whom_a_source_quotes_is_no_second_source(
    demo: Conflict, text: str, cited: list[str]
) -> None:
    reading = read(demo, text, on=ON)
    short = {"Syrian Observatory for Human Rights": "SOHR", "Agence France-Presse": "AFP"}
    found = []
    for row, source in enumerate(reading.of("source")):
        said = short.get(source.value, source.value)
        for told in reading.of("relays"):
            if told.box == f"relays-{row}":
                said += f" < {short.get(told.value, told.value)}"
        found.append(said)
    assert found == cited
    assert reading.unread_words == []


def test_a_name_added_to_the_gazetteer_is_understood_at_once(demo: Conflict) -> None:
    text = "SDF captured Qwertyville"
    assert read(demo, text, on=ON).unread_words == ["Qwertyville"]
    place = demo.places.get(slug="raqqa")
    PlaceName.objects.create(place=place, name="Qwertyville", folded=fold_name("Qwertyville"))
    assert read(demo, text, on=ON).value("places") == "Raqqa"


def test_what_was_changed_by_hand_stays_until_the_sentence_speaks_of_just_that(
    demo: Conflict,
) -> None:
    old = filled(read(demo, "IS retook Raqqa yesterday", on=ON))
    typed = Typed.from_json(old.as_json())
    typed.actor, typed.note = "SDF", "by hand"
    merge(typed, old, filled(read(demo, "IS retook Raqqa, Tabqa yesterday; SOHR", on=ON)))
    assert (typed.actor, typed.note) == ("SDF", "by hand")
    assert len(typed.places) == 2
    assert typed.citations[0]["source"].startswith("Syrian Observatory")
    merge(typed, old, filled(read(demo, "Russia retook Raqqa", on=ON)))
    assert typed.actor == "Russia"


NASTY = st.lists(
    st.sampled_from(
        [
            *"abAB ,;—-./:'\u202e\u200f\u0640😀👩‍👩‍👧<>&\"٣ـ\0\ud800",
            " is ",
            " the ",
            " على ",
            " 6 June ",
        ]
    ),
    max_size=200,
).map("".join)


@settings(max_examples=60)
@given(text=NASTY)
def test_no_text_breaks_it(small_war: Conflict, text: str) -> None:
    covered(text, small_war)


@pytest.fixture
def small_war(war: Conflict) -> Conflict:
    return war


def test_ten_thousand_characters_are_read_and_more_are_marked_as_unread(war: Conflict) -> None:
    for piece in ("IS retook East ", "😀", "\u202e", "<b>", "al-", "6 ", "29-", "سيطر "):
        text = (piece * 10_000)[:10_000]
        covered(text, war)
    long = "East " * 4_000
    assert (10_000, len(long)) in read(war, long, on=ON).unread


def test_every_letter_is_a_part_underlined_or_of_the_glue(demo: Conflict) -> None:
    text = "Xyzzy fighters from Plugh captured Raqqa in a frobnicated assault of quux"
    reading = read(demo, text, on=ON)
    said = " ".join(reading.unread_words)
    for word in ("Xyzzy", "Plugh", "frobnicated", "quux"):
        assert re.search(rf"\b{word}\b", said), word


def test_the_api_makes_its_draft_from_the_sentence_and_keeps_it(demo: Conflict) -> None:
    typed = typed_from(demo, "IS retook al-Senaa from SDF, 30 June 2017, SOHR")
    assert (typed.actor, typed.verb, typed.other_actor, typed.date) == (
        *("IS", "retook", "SDF"),
        "2017-06-30",
    )
    assert typed.citations[0]["source"] == "Syrian Observatory for Human Rights"
    assert typed.sentence.startswith("IS retook")
    with pytest.raises(Refused, match="sentence"):
        typed_from(demo, "Good morning")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Rebels captured Idlib airport, 3 June 2015, SOHR", "Idlib airport"),
        ("Rebels captured Idlib's military air base, 3 June 2015", "Idlib's military air base"),
        ("سيطرت قسد على مطار منبج", "مطار منبج"),
        ("SDF captured Manbij border crossing from IS", "Manbij border crossing"),
    ],
)
def test_what_is_called_by_a_towns_name_is_not_the_town(
    six: Conflict, text: str, place: str
) -> None:
    (part,) = read(six, text, on=ON).of("places")
    assert (text[part.start : part.end], part.value, part.guessed) == (place, place, True)
    town = part.options[1].value
    assert town in {"Idlib", "Manbij"}


def test_what_has_the_towns_name_and_more_is_found_by_both_words_and_is_a_guess(
    six: Conflict,
) -> None:
    (part,) = read(six, "IS attacked Thawra military airbase", on=ON).of("places")
    assert (part.value, part.guessed) == ("Tabqa airbase", True)
    (part,) = read(six, "Rebels captured Azaz province", on=ON).of("places")
    assert part.value == "Azaz province"
    (part,) = read(six, "SDF captured Tabqa dam, 3 June 2017", on=ON).of("places")
    assert (part.value, part.guessed) == ("Tabqa Dam", False)


@pytest.mark.parametrize(
    ("said", "date", "guessed"),
    [
        ("in early June 2017", "2017-06-01/2017-06-10", True),
        ("mid-June 2017", "2017-06-11/2017-06-20", True),
        ("late February 2016", "2016-02-21/2016-02-29", True),
        ("at the end of April 2017", "2017-04-21/2017-04-30", True),
        ("late May", "2017-05-21/2017-05-31", True),
        ("late on Friday", "2017-06-30", False),
        ("before 4 April 2017", "../2017-04-03", False),
        ("since before April 2017", "../2017-03-31", False),
        ("by early June 2017", "../2017-06-10", True),
        ("في أوائل حزيران 2017", "2017-06-01/2017-06-10", True),
        ("قبل 4 نيسان 2017", "../2017-04-03", False),
    ],
)
def test_a_part_of_a_month_and_a_day_before_are_dates(
    six: Conflict, said: str, date: str, guessed: bool
) -> None:
    reading = read(six, f"SDF captured Manbij {said}", on=ON)
    (part,) = reading.of("date")
    assert (part.value, part.guessed) == (date, guessed)
    assert reading.unread_words == []
