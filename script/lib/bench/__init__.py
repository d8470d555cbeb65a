"""script/bench: floors and product measured side by side, as a table of ratios.

docs/performance.md says what each row means.


made      a seeded war of any size, as the CSV files that a newsroom would import
site      a database of its own beside the site's, dropped at the end, and Django on it
clock     timing: medians and percentiles, the peak of a process's memory
floors    bare SQL: what the machine can do at all
record    the product: importing, rebuilding, asking, publishing
crowd     sixteen clients at once, bare and through the ledger
fronts    a made war of cells and moving fronts, for the replay
replay    a reader's first map and dates, in Chromium
table     rows, ratios, and whether the figure is reached
"""
