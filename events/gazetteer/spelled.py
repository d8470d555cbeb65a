"""Names of actors and their memberships as text: "Jabhat al-Nusra {from 2012 until 2016-07}", "sdf {from 2015-10}".

What stands in the braces is left out where it goes without saying. Desk and CSV read and write the same.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from events.chronology.dates import REASONS, DateError, in_words
from events.chronology.tidy import tidy

from .names import fold_name, language_of

LONGEST = 150
BRACES = re.compile(r"([^{}|]*?)\s*\{([^{}|]*)\}")
DETAILS = re.compile(
    r"\s*(?:language\s+(?P<language>\S+)\s*)?(?:from\s+(?P<since>\S+)\s*)?(?:until\s+(?P<until>\S+)\s*)?"
)
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")


@dataclass(frozen=True, slots=True)
class Spelled:
    """`language` "" is none; `since` and `until` are EDTF, "" unknown. `dated`: there were braces, be they empty."""

    text: str
    language: str = ""
    since: str = ""
    until: str = ""
    dated: bool = False


def spelled_plainly(name: str) -> Spelled:
    """Whatever its signs are."""
    return Spelled(name, language_of(name))


def edtf(text: str) -> str:
    """As it is stored. Raises ValueError with a sentence."""
    plain = tidy(text.strip())
    try:
        in_words(plain)
    except DateError as error:
        raise ValueError(_(REASONS[error.reason]) % {"text": error.text}) from error
    if len(plain) > 40:
        raise ValueError(_("At most %(limit)d characters.") % {"limit": 40})
    return plain


def read_spelled(text: str) -> Spelled:
    """Raises ValueError with a sentence for the person."""
    text = " ".join(text.split())
    found = BRACES.fullmatch(text)
    name, inside = (found[1], found[2]) if found else (text, None)
    if any(sign in name for sign in "{}|"):
        raise ValueError(_("“{”, “}” and “|” are no part of a name."))
    if not fold_name(name):
        raise ValueError(_("A name has letters or digits."))
    if len(name) > LONGEST:
        raise ValueError(_("At most %(limit)d characters.") % {"limit": LONGEST})
    if inside is None:
        return Spelled(name, language_of(name))
    details = DETAILS.fullmatch(inside)
    if details is None:
        raise ValueError(
            _("In braces stand language, from and until: “{language ku from 2012 until 2016-07}”.")
        )
    language = details["language"] or language_of(name)
    if language and not LANGUAGE.fullmatch(language):
        raise ValueError(
            _("“%(text)s” is no code of a language, such as ar or ku.") % {"text": language[:20]}
        )
    since, until = (
        edtf(details[bound] or "") if details[bound] else "" for bound in ("since", "until")
    )
    return Spelled(name, language, since, until, dated=True)


def write_spelled(text: str, language: str = "", since: str = "", until: str = "") -> str:
    """What `read_spelled` reads as just that; a language that its script says is left out."""
    details = []
    if language and language != language_of(text):
        details.append(f"language {language}")
    if since:
        details.append(f"from {since}")
    if until:
        details.append(f"until {until}")
    return f"{text} {{{' '.join(details)}}}" if details else text
