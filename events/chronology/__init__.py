"""The heart: dates, verbs, the fold and standings. Plain Python: imports neither Django nor any other room.

dates.parse("2017-06-29/2017-06-30", tz)  -> Edtf: the instants between which it became so
fold.fold(statements)                     -> FoldSpans: who had which role in one place, from when to when
standing.standing_at(spans, instant)      -> Standing: what the map colours
tree.compose_tree(places, own)            -> the standings of places that have tracked places inside
"""
