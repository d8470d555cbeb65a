"""tidy(): what a person types for a date, brought to EDTF where it can mean one thing only."""

import re

from .dates import MONTHS

# Arabic-Indic and Persian digits.
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
NUMBER = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>\d{4})"
WORDS = [
    re.compile(rf"{DAY}\s+{MONTH},?\s+{YEAR}", re.ASCII),
    re.compile(rf"{MONTH}\s+{DAY},?\s+{YEAR}", re.ASCII),
    re.compile(rf"{MONTH},?\s+{YEAR}", re.ASCII),
]
# Year first is unmistakable, whatever stands between; two slashes are no interval.
YEAR_FIRST = re.compile(rf"{YEAR}(?P<between>[-./])(?P<month>\d\d?)(?P=between){DAY}", re.ASCII)


def tidy(text: str) -> str:
    """ "10 August 2017", "Aug 10, 2017", "2017-8-1", "2017/08/10", "٢٠١٧-٠٨-١٠" -> EDTF.

    What may mean two days (10/08/2017) and everything else is left as it was typed, for `parse` to judge.
    """
    plain = re.sub(r"\s*/\s*", "/", " ".join(text.translate(DIGITS).split()))
    for form in WORDS:
        found = form.fullmatch(plain)
        if found:
            parts = found.groupdict()
            name = parts["month"].lower()
            number = NUMBER.get(name[:3])
            if number is None or not MONTHS[number - 1].lower().startswith(name):
                return plain
            day = f"-{int(parts['day']):02d}" if parts.get("day") else ""
            return f"{parts['year']}-{number:02d}{day}"
    found = YEAR_FIRST.fullmatch(plain)
    if found:
        return f"{found['year']}-{int(found['month']):02d}-{int(found['day']):02d}"
    return plain
