"""Files in which each row is inside one quoted cell, as spreadsheets save a column that was never split."""

import re
from dataclasses import replace

from backdrop_tui.intake.reading.head import Head, read_head
from backdrop_tui.intake.reading.header.vocabulary import Vocabulary
from backdrop_tui.intake.reading.sheet import ReadOptions
from backdrop_tui.intake.reading.text import Text

_WRAPPED = re.compile(rb'^"((?:[^"]|"")*)"(?=\r?$)', re.MULTILINE)
"""One quoted cell that fills whole lines."""
_NEARLY_ALL = 0.8
_SURELY_KNOWN = 4
"""Known headings inside one cell that are no chance, however many titles and totals there are beside the rows."""
_SURELY_SEVERAL = 3
"""Cells that a row has from which, without any known headings, it can't be one cell with a delimiter in it."""


def unwrap(text: Text, options: ReadOptions, vocabulary: Vocabulary) -> Text:
    """The text with each row taken out of its cell; the same text if its rows aren't inside cells.

    Args:
        text: The file.
        options: What the user has chosen.
        vocabulary: The known headings.
    """
    if not text.data.startswith(b'"'):
        return text
    outside = read_head(text, options.delimiter, vocabulary)
    if not _is_one_column(outside):
        return text
    # Inside a wrapped row, every quotation mark is doubled.
    inner = replace(text, data=_WRAPPED.sub(rb"\1", text.data).replace(b'""', b'"'))
    inside = read_head(inner, options.delimiter, vocabulary) if inner.data.strip() else outside
    share, width = inside.agreement
    is_known = inside.known > max(outside.known, 1)
    looks_cut = share >= _NEARLY_ALL and (is_known or (not outside.known and width >= _SURELY_SEVERAL))
    return inner if looks_cut or (is_known and inside.known >= _SURELY_KNOWN) else text


def _is_one_column(head: Head) -> bool:
    """Whether every row is a single cell."""
    return all(len(record.cells) == 1 for record in head.records)
