"""Static files with names from their content, also inside JavaScript modules."""

from collections.abc import Callable
from re import Match
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN = ("js/", "css/")


class HashedModules(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
    manifest_strict = False

    def url_converter(self, name: str, *args: Any, **kwargs: Any) -> Callable[[Match[str]], str]:
        """A third party's file may name another that it does not ship; that must not stop a release.

        In our own files a name that leads nowhere is a mistake, and does.
        """
        convert = super().url_converter(name, *args, **kwargs)
        if name.startswith(OWN):
            return convert

        def convert_if_there(match: Match[str]) -> str:
            try:
                return convert(match)
            except ValueError:
                return match.group()

        return convert_if_there
