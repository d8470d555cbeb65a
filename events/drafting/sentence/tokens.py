"""Text into words, numbers, addresses and signs, each with its place in the text. One pass, linear."""

import re
import unicodedata
from dataclasses import dataclass

from events.chronology.tidy import DIGITS
from events.gazetteer.names import LETTERS, SILENT, fold_name

WORD, NUMBER, URL, DATE, CLOCK, SIGN = "word", "number", "url", "date", "clock", "sign"
MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640"
DAY = r"\d{4}-\d\d(?:-\d\d)?[~?%]?"
TOKEN = re.compile(
    rf"""
    (?P<url>https?://[^\s<>"“”]+)
    |(?P<date>(?<!\d)(?:(?:\.\./|{DAY}/)?{DAY}(?:/\.\.)?)(?![\d-]))
    |(?P<clock>(?<!\d)\d{{1,2}}:\d\d(?!\d))
    |(?P<number>\d+(?:st|nd|rd|th)?\b|\d+)
    |(?P<word>(?:[^\W\d_]\.){{2,}}|[^\W\d_](?:[^\W\d_]|[{MARKS}]|['’‘`´ʿʾʼʻ′](?=[^\W\d_]))*)
    |(?P<sign>\S)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Unseen signs that steer direction or join: part of no word, and nothing to understand.
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
ARTICLES = frozenset("al el ad ar as at ash az an".split())


@dataclass(slots=True)
class Token:
    """`low` is for phrases, `name` for names (without the article); `joined`: no space before it."""

    start: int
    end: int
    raw: str
    sort: str
    low: str = ""
    name: str = ""
    joined: bool = False

    @property
    def capital(self) -> bool:
        return self.raw[:1].isupper()


def plain(text: str) -> str:
    """Without case, accents, vowel signs and apostrophes; letters that writers interchange as one."""
    text = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return SILENT.sub("", text.casefold().translate(LETTERS)).replace(".", "")


def tokens(text: str) -> list[Token]:
    seen = UNSEEN.sub(" ", text).translate(DIGITS)
    found: list[Token] = []
    for match in TOKEN.finditer(seen):
        sort = match.lastgroup or SIGN
        start, raw = match.start(), match.group()
        if sort == URL:
            raw = raw.rstrip(".,;:!?)]}»،؛")
        possessive = sort == WORD and POSSESSIVE.search(raw)
        if possessive and raw[0].isascii():
            raw = raw[: possessive.start()]
        end = start + len(raw)
        token = Token(start, end, raw, sort, joined=bool(found) and found[-1].end == start)
        if sort in (WORD, NUMBER):
            token.low = plain(raw)
            token.name = fold_name(raw)
        found.append(token)
    return found
