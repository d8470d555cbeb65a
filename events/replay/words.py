"""What the map says, a file for each language: beside the record, so that a reader elsewhere asks nobody else."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation
from django.views.i18n import JSONCatalog

from . import files

# In which the code is written: its words are in the script.
WRITTEN_IN = "en"


@cache
def catalogue(language: str) -> dict[str, Any]:
    """Text -> its translation, or the list of its plural forms, as static/js/data/messages.js reads them."""
    # our own alone, without those of Django's admin
    folders = [str(folder) for folder in settings.LOCALE_PATHS]
    view = JSONCatalog()
    view.translation = DjangoTranslation(language, domain="djangojs", localedirs=folders)
    found: dict[str, Any] = view.get_catalog()
    return found


@cache
def _data(language: str) -> bytes:
    content = {"catalog": catalogue(language)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code != WRITTEN_IN]


def names(slug: str) -> dict[str, str]:
    """Language -> the name that its file has or would have: another one as soon as a release says anything else."""
    return {
        code: files.name_of(slug, f"words-{code}", _data(code), "json") for code in _languages()
    }


def put(slug: str) -> dict[str, str]:
    """Language -> the name of its file, which is written unless it is there."""
    return {code: files.put(slug, f"words-{code}", _data(code), "json") for code in _languages()}
