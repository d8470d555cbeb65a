"""First words of the site's own addresses: a conflict of that name could not be reached."""

RESERVED_SLUGS = frozenset(
    "accounts admin api desk healthz i18n jsi18n media readyz replay static".split()
)
