"""Drafts: what was typed, what it means, and the way from there to the ledger.

Typed text (`typed`) gets its meaning (`assemble`), is kept by version and published once (`drafts`). The
desk's pages, the API and the hour of an embargo all come this way; nothing here knows a request.
"""
