"""First words of the site's own addresses: a conflict of that name could not be reached."""

RESERVED_SLUGS = frozenset(
    "accounts admin alerts api desk drafts healthz i18n invitations jsi18n me media oembed readyz replay static".split()
)
