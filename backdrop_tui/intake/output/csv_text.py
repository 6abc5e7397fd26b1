"""CSV text that a spreadsheet opens without running any of it."""

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from itertools import islice

_FORMULA_STARTS = ("=", "+", "-", "@")
_MARKUP_STARTS = ("<", "[", "{")
_BLANKS = " \t\r\n\f\v\u00a0\u200b\ufeff"


def csv_text(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV in UTF-8 without a byte-order mark, comma-separated, with LF line ends.

    It never begins like a web page or data in another format, for which it could be taken when it is read.
    """
    text, lines = io.StringIO(newline=""), iter(rows)
    for first in islice(lines, 1):
        is_like_markup = bool(first) and first[0].lstrip().startswith(_MARKUP_STARTS)
        csv.writer(
            text, lineterminator="\n", quoting=csv.QUOTE_ALL if is_like_markup else csv.QUOTE_MINIMAL
        ).writerow(first)
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode()


def guarded(cell: str) -> str:
    """A cell that a spreadsheet won't run as a formula: with a `'` in front, which reading takes off again.

    Blanks before a formula are dropped, because some spreadsheets run it in spite of them, and reading trims cells
    anyway. See https://owasp.org/www-community/attacks/CSV_Injection.
    """
    bare = cell.lstrip(_BLANKS)
    if len(bare) > 1 and bare.startswith(_FORMULA_STARTS):
        return f"'{bare}"
    return bare if cell[:1] in {"\t", "\r"} else cell


def for_spreadsheet(data: bytes) -> bytes:
    """CSV with a byte-order mark if a spreadsheet needs one to show its letters."""
    return data if data.isascii() else BOM_UTF8 + data
