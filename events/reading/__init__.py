"""The readers' pages: conflicts, the map, places, changes; and the files that the map loads.

Imports ledger, replay, models, chronology; never the desk or the API.
"""
