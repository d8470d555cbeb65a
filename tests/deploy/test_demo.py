"""Into which record the demo goes by itself: an empty one, or its own."""

import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.factories import ConflictFactory

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "script/lib"))

from services.prepare import takes_the_demo


@pytest.mark.parametrize(
    ("slugs", "goes"),
    [((), True), (("syria",), True), (("libya",), False), (("libya", "syria"), True)],
)
def test_the_demo_stays_out_of_a_record_of_ones_own(
    db: None, slugs: tuple[str, ...], goes: bool
) -> None:
    for slug in slugs:
        ConflictFactory(slug=slug)
    with connection.cursor() as cursor:
        assert takes_the_demo(cursor) is goes
