"""Encodings: those that a file can have, and which of them it is in.

`encodings` declares them. A byte-order mark decides; without one, a file is UTF-8 if it is valid (`utf8`), or would be but
for a few broken bytes; otherwise the single-byte encodings compete (`guess`) by how well its words read (`words`, `points`). `samples` shows a person
what each encoding makes of a few names.
"""
