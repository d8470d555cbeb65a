"""Many drafts at once, proposed from a pasted table or article; nothing is a draft until a person accepts it.

table.split | article.split -> columns, rows | sentences -> Suggested -> proposals.read (kept as Proposal)
-> decide: accept (drafts), mend, drop
"""
