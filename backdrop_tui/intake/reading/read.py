"""Reading a file: all four stages, in order."""

from dataclasses import dataclass

from backdrop_tui.intake.reading.apostrophes import with_double_quotes
from backdrop_tui.intake.reading.frame import build_sheet
from backdrop_tui.intake.reading.header.vocabulary import Vocabulary
from backdrop_tui.intake.reading.records import read_records
from backdrop_tui.intake.reading.shape import FileShape, find_shape
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet
from backdrop_tui.intake.reading.text import Text, decode
from backdrop_tui.intake.reading.wrapped import unwrap


@dataclass(frozen=True)
class OpenedFile:
    """A file after the first two stages: its encoding and its shape are settled, and its rows haven't been read."""

    name: str
    """Its name, without its folder."""
    text: Text
    """Its text."""
    shape: FileShape
    """Where its headings are, and what its rows look like."""

    def read(self) -> Sheet:
        """Read its rows.

        Raises:
            UnusableFileError: The file has no rows, or they can't be read safely; the message says what to do.
        """
        return build_sheet(self.name, self.text, self.shape, read_records(self.text, self.shape))


def read_bytes(data: bytes, file: str, options: ReadOptions, vocabulary: Vocabulary) -> Sheet:
    """Read a CSV file as a table of text. Args are those of `open_bytes`, and errors those of both steps."""
    return open_bytes(data, file, options, vocabulary).read()


def open_bytes(data: bytes, file: str, options: ReadOptions, vocabulary: Vocabulary) -> OpenedFile:
    """Begin to read a CSV file as a table of text. Nothing is changed, on disk or elsewhere.

    Args:
        data: The whole file; `source.load` reads it from disk.
        file: Its name, without its folder.
        options: What the user has chosen for it; the rest is detected.
        vocabulary: What the headings and values of such a file look like, by which its row of headings is recognised.

    Raises:
        UnusableFileError: The file isn't a CSV file; the message says what to do.
    """
    text = unwrap(decode(data, options.encoding), options, vocabulary)
    text = with_double_quotes(text, options, vocabulary)
    return OpenedFile(file, text, find_shape(text, options, vocabulary))
