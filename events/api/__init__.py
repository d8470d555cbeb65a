"""The public API, /api/v1: reads the record, never writes it. Described by its own OpenAPI and docs/api.md.

Imports ledger, gazetteer, replay, exchange; never the desk or the readers' pages.
"""
