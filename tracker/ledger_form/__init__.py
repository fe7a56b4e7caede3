"""The documented JSON form of a whole ledger: what `data export` writes and `data import` reads.

`kinds` says how one value stands in JSON, `parts` how a row becomes an object, `nouns` lists every noun
with its fields. Export, import and `data describe` all follow that one list.
"""

FORMAT = "concierge-ledger"
VERSION = 1
"""Goes up when a reader of this version could misread a newer file: a field gone or meaning another
thing. A field that may be absent is added without a new number."""
