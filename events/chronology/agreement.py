"""How verbs go with an actor's name: “IS holds”, “Rebels hold”, “IS and SDF hold it together”.

Each sentence that begins with an actor has two forms in English. A language whose sentences are nominal, as Arabic's
are here, says both alike.
"""

import re
from typing import TypeVar

SINGULAR, PLURAL = "singular", "plural"
Form = TypeVar("Form")

# Where a name's own words end, and what is said of them begins: “factions of Suwayda”, “Forces (Turkish-backed)”.
HEAD_ENDS = re.compile(
    r"\s+(?:of|in|from|for|to|on|under|against|at|with|by)\s|\s*[(\[,:–—/]", re.I
)
ABBREVIATION = re.compile(r"(?:[A-Z0-9]\.?[-&/]?){2,8}$")
PLURAL_WORDS = frozenset({"men", "women", "people", "police", "peshmerga", "mujahideen", "taliban"})
# They end in an s, and are one.
SINGULAR_WORDS = frozenset(
    "corps hamas states nations emirates netherlands philippines maldives seychelles bahamas laos honduras headquarters"
    " barbados abbas series isis tunis".split()
)
SINGULAR_ENDINGS = ("ss", "us")


class Name(str):
    """What an actor is called in a sentence, and whether verbs go with it in the plural."""

    plural: bool

    def __new__(cls, text: str, plural: bool = False) -> "Name":
        name = super().__new__(cls, text)
        name.plural = plural
        return name


def agree(one: Form, many: Form, *who: str) -> Form:
    """The form of a sentence for those who do it: `many` for several, and for one whose name is plural."""
    several = len(who) > 1 or any(getattr(name, "plural", False) for name in who)
    return many if several else one


def guessed(name: str) -> str:
    """SINGULAR or PLURAL for a name that nobody has said it of: “Rebels”, “Democratic Forces”, “Men of Dignity” are
    plural; abbreviations, “Army” and what is written in another script are not.
    """
    head = HEAD_ENDS.split(name.strip(), maxsplit=1)[0].split()
    word = head[-1].strip("'’\"“”.") if head else ""
    if not word or ABBREVIATION.match(word):
        return SINGULAR
    word = word.lower()
    if word in PLURAL_WORDS:
        return PLURAL
    ends_in_s = word.endswith("s") and word.isascii() and not word.endswith(SINGULAR_ENDINGS)
    return PLURAL if ends_in_s and word not in SINGULAR_WORDS else SINGULAR
