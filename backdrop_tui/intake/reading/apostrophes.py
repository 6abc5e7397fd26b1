"""Files whose cells are quoted with `'`, as some databases write them, in place of `"`."""

import re
from dataclasses import replace

from backdrop_tui.intake.reading.delimiters import DELIMITERS, Delimiter
from backdrop_tui.intake.reading.head import HEAD, read_head
from backdrop_tui.intake.reading.header.vocabulary import Vocabulary
from backdrop_tui.intake.reading.lines import first_lines
from backdrop_tui.intake.reading.sheet import ReadOptions
from backdrop_tui.intake.reading.text import Text

_NEARLY_ALL = 0.9
_BEGINS_A_CELL = re.compile(
    f"^'|[{re.escape(''.join(delimiter.character for delimiter in DELIMITERS))}]'", re.MULTILINE
)


def with_double_quotes(text: Text, options: ReadOptions, vocabulary: Vocabulary) -> Text:
    """The text with its cells quoted with `"`; the same text unless `'` quotes cells that have delimiters in them.

    A file is only changed if nearly all its rows have as many cells as each other afterwards, and fewer had before.

    Args:
        text: The file.
        options: What the user has chosen.
        vocabulary: The known headings.
    """
    start = "\n".join(first_lines(text.data, HEAD))
    if not _BEGINS_A_CELL.search(start):
        return text
    before = read_head(text, options.delimiter, vocabulary)
    delimiter = before.rows.grammar.delimiter
    mark = delimiter.character
    quoted = [cell[1] for cell in _quoted(delimiter).finditer(start)]
    if not any(mark in cell for cell in quoted) or re.search(
        rf'(?:^|{re.escape(mark)})"', start, re.MULTILINE
    ):
        return text
    data = _quoted(delimiter).sub(_in_double_quotes, text.data.decode()).encode()
    after = read_head(replace(text, data=data), delimiter, vocabulary)
    share, width = after.agreement
    is_better = share >= _NEARLY_ALL and share > before.agreement[0] and width > 1
    return replace(text, data=data) if is_better else text


def _quoted(delimiter: Delimiter) -> re.Pattern[str]:
    """A cell in `'…'`, which may have apostrophes inside; group 1 is what is in it.

    A cell ends where another one in `'` begins, so that no text can make this slow.
    """
    mark = re.escape(delimiter.character)
    return re.compile(
        rf"(?:(?<={mark})|^)'((?:[^'{mark}\r\n]++|{mark}(?!')|'(?!{mark}|\r?$))*+)'(?={mark}|\r?$)",
        re.MULTILINE,
    )


def _in_double_quotes(cell: re.Match[str]) -> str:
    inside = cell[1].replace("''", "'").replace('""', '"').replace('"', '""')
    return f'"{inside}"'
