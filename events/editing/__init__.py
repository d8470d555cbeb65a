"""The desk: pages on which a Draft is typed, seen, reviewed and published.

Depends on tasks, drafting and the rooms below; never on reading, api or admin.

    boxes     the form's inputs, as templates draw  panel     what the change would do, in words
    lists     the lists of the desk's pages         views/    compose the above, decide nothing
"""
