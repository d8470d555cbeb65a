"""What an actor and a standing look like: the map's colours, patterns and bands, as the browser's modules have them.

`palette` reads static/js/map/palette.js and patterns.js, so there is one source of colours; `patterns` says by line
what the map says by pixel; `look` what a standing is painted with; `apart` who can tell two actors apart.
"""
