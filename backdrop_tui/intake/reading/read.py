"""Reading a file: all four stages, in order."""

from backdrop_tui.intake.reading.apostrophes import with_double_quotes
from backdrop_tui.intake.reading.frame import build_sheet
from backdrop_tui.intake.reading.header.vocabulary import Vocabulary
from backdrop_tui.intake.reading.records import read_records
from backdrop_tui.intake.reading.shape import find_shape
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet
from backdrop_tui.intake.reading.text import decode
from backdrop_tui.intake.reading.wrapped import unwrap


def read_bytes(data: bytes, file: str, options: ReadOptions, vocabulary: Vocabulary) -> Sheet:
    """Read a CSV file as a table of text. Nothing is changed, on disk or elsewhere.

    Args:
        data: The whole file; `source.load` reads it from disk.
        file: Its name, without its folder.
        options: What the user has chosen for it; the rest is detected.
        vocabulary: What the headings and values of such a file look like, by which its row of headings is recognised.

    Raises:
        UnusableFileError: The file isn't a CSV file with rows; the message says what to do.
    """
    text = unwrap(decode(data, options.encoding), options, vocabulary)
    text = with_double_quotes(text, options, vocabulary)
    shape = find_shape(text, options, vocabulary)
    records = read_records(text, shape)
    return build_sheet(file, text, shape, records)
