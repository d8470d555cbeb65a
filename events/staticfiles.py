"""Static files with names from their content, also inside JavaScript modules."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModules(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
    # A third-party stylesheet that names an image it does not ship must not stop a release.
    manifest_strict = False
