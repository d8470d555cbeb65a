"""fold_name(): the form in which two spellings of one name compare equal. "al-Sina'a" = "Al Sinaa"."""

import re
import unicodedata

# Unicode decomposition does not reach these.
LETTERS = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        # Arabic spellings that writers interchange
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "ـ": "",
        "ء": "",
    }
)
# Hamza and ayn in transliteration, and apostrophes of every make: dropped, not made into spaces.
SILENT = re.compile(r"['’‘`´ʿʾʼʻ′“”\"]")
APART = re.compile(r"[\W_]+")
# The article, however it is joined: al-, ar-, as-, el-, ال.
LATIN_ARTICLE = re.compile(r"\b(?:al|el|ad|ar|as|at|ash|az|an)[ -]+(?=\w)")
ARABIC_ARTICLE = re.compile(r"\bال(?=\w{2})")
LANGUAGES = {"Arab": "ar", "Hebr": "he", "Cyrl": "", "Latn": ""}
SCRIPT_WORDS = {
    "ARABIC": "Arab",
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "HEBREW": "Hebr",
    "GREEK": "Grek",
    "ARMENIAN": "Armn",
    "SYRIAC": "Syrc",
    "CJK": "Hani",
}


def fold_name(text: str) -> str:
    """Lower case, without accents, vowel signs, apostrophes or the article; words apart by one space.

    Never longer than 150 characters. A name of signs alone folds to nothing, and matches nothing.
    """
    text = text.casefold().translate(LETTERS)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = SILENT.sub("", text.casefold().translate(LETTERS))
    text = ARABIC_ARTICLE.sub("", LATIN_ARTICLE.sub("", text))
    text = APART.sub(" ", text).strip()
    return text[:150].strip()


def script_of(text: str) -> str:
    """The ISO 15924 code of the first letter whose script is known; "" where none is."""
    for letter in text:
        if letter.isalpha():
            found = SCRIPT_WORDS.get(unicodedata.name(letter, "").split(" ")[0])
            if found:
                return found
    return ""


def language_of(text: str) -> str:
    """The language that a script suggests: Arabic script "ar"; "" where it suggests none."""
    return LANGUAGES.get(script_of(text), "")


# What an ear hears alike: digraphs first, then single letters; vowels and the half-vowels go.
DIGRAPHS = (
    ("sch", "s"), ("tch", "s"), ("sh", "s"), ("ch", "s"), ("kh", "h"), ("gh", "g"), ("th", "t"),
    ("dh", "d"), ("dj", "j"), ("ph", "f"),
)  # fmt: skip
SOUNDS = {
    **dict.fromkeys("aeiouyw", ""),
    **{"q": "k", "c": "k", "x": "ks", "v": "f", "p": "b", "z": "s", "g": "g"},
    **{"ا": "", "و": "", "ي": "", "ع": "", "ه": "h", "ح": "h", "خ": "h", "ب": "b", "پ": "b"},
    **{"ت": "t", "ط": "t", "ث": "t", "ج": "j", "د": "d", "ض": "d", "ذ": "d", "ظ": "d", "ر": "r"},
    **{"ز": "s", "س": "s", "ش": "s", "ص": "s", "غ": "g", "ف": "f", "ق": "k", "ك": "k", "ل": "l"},
    **{"م": "m", "ن": "n"},
}
SOUND_ARTICLES = frozenset("al el ad ar as at ash az an ed ez es er en esh eth ath".split())


def sound_of(folded: str) -> str:
    """What spellings and scripts of one name share: "mishlab", "meshleb" and "مشلب" all give "mslb".

    Consonants alone, alike ones as one, doubled ones once; words run together. "" where little is left.
    """
    words = [word for word in folded.split() if word not in SOUND_ARTICLES]
    heard = []
    for word in words:
        for two, one in DIGRAPHS:
            word = word.replace(two, one)
        word = word.removesuffix("h").removesuffix("ه")
        heard.append("".join(SOUNDS.get(letter, letter) for letter in word))
    return re.sub(r"(.)\1+", r"\1", "".join(heard))
