"""Which row has the headings, and what they are.

A row of headings is recognised by being unlike the values below it, column by column, so that a person is never taken for
one. The modules, each importing only those before it: vocabulary, cell_kinds, columns, evidence, find, bands, labels, misplaced.
"""
