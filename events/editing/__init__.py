"""The desk: what is typed becomes a Draft, a preview, and, published through the ledger, a Change.

Depends on tasks, ledger, sources, gazetteer, policy, models and chronology; never on reading, api or admin.

    typed     what was typed, as typed              assemble  typed -> ledger.NewChange, and what is wrong
    boxes     the form's inputs, as templates draw  warnings  what publishing needs a second look for
    drafts    save, submit, drop, publish           panel     what the change would do, in words
    views/    compose the above, decide nothing
"""
