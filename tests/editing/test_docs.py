"""docs/editing.md tells of every verb and every warning."""

import re

from django.conf import settings

from events.chronology.verbs import VERBS
from events.ledger.warnings import SAID

DOCS = (settings.BASE_DIR / "docs" / "editing.md").read_text(encoding="utf-8")


def test_every_verb_is_told_of() -> None:
    rows = DOCS.split("## Verbs")[1].split("\n## ")[0]
    first_cells = "".join(row.split("|")[1] for row in rows.splitlines() if row.startswith("|"))
    named = set(re.findall(r"`(\w+)`", first_cells))
    assert named == set(VERBS)


def test_every_warning_is_told_of() -> None:
    rows = DOCS.split("## Before you publish")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)`", rows, re.M)) == set(SAID)
