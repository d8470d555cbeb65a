"""Static files with names from their content, also inside JavaScript modules; the pages' scripts in one file each."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from re import Match
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management.base import CommandError
from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN = ("js/", "css/")
# What pages ask for by name: scripts, and the styles that import others.
SCRIPTS, STYLES = "js/pages/", ("css/base.css",)
# The module whose sheets a bundle brings along.
SHEETS = "js/ui/styles.js"
# Of collectstatic: name -> (the storage that has it, where in that).
Paths = dict[str, tuple[Any, str]]


class HashedModules(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
    manifest_strict = False
    # a pass for each import of a module that comes later by name, one after the other in a chain
    max_post_process_passes = 20

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run and settings.STATIC_BUNDLES:
            for name, text in bundled(paths).items():
                self.delete(name)
                self._save(name, ContentFile(text.encode()))
                paths = {**paths, name: (self, name)}
        yield from super().post_process(paths, dry_run=dry_run, **options)

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


def bundled(paths: Paths) -> dict[str, str]:
    """Each script and sheet of the pages with all that it imports: name -> text.

    Raises CommandError where they cannot be made.
    """
    node = shutil.which("node")
    if not node or not (settings.BASE_DIR / "node_modules" / "esbuild").is_dir():
        raise CommandError(
            "A release's scripts are put together by esbuild, which is not here: `npm ci` first. "
            "(STATIC_BUNDLES=0 leaves them apart, some seventy requests to a map.)"
        )
    entries = [name for name in paths if name.startswith(SCRIPTS) and name.endswith(".js")]
    entries += [name for name in STYLES if name in paths]
    sources = {
        name: storage.path(path)
        for name, (storage, path) in paths.items()
        if name.endswith((".js", ".css"))
    }
    done = subprocess.run(
        [node, str(Path(__file__).with_name("bundle.mjs"))],
        input=json.dumps({"sources": sources, "entries": entries, "sheets": SHEETS}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(f"The scripts could not be put together: {done.stderr.strip()}")
    found: dict[str, str] = json.loads(done.stdout)
    return found
