"""Encodings: those that a file can have, and which of them it is in.

`encodings` declares them. A byte-order mark decides; without one, a file is UTF-8 if it is valid (`utf8`), or would be but
for a few broken bytes; otherwise the single-byte encodings compete (`guess`) by how well they let the text read (`points`).
"""
