"""The file of `check` and `import`, as a table of text."""

from pathlib import Path

from backdrop_tui.cli.options import FileOptions
from backdrop_tui.intake.matching.match import known_headings
from backdrop_tui.intake.reading.read import read_bytes
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet
from backdrop_tui.records.kinds import KINDS


def read(data: bytes, path: Path, options: FileOptions) -> Sheet:
    """A file's bytes as a table of text.

    Raises:
        UnusableFileError: The file can't be used.
    """
    wanted = ReadOptions(options.encoding, options.delimiter)
    return read_bytes(data, path.name, wanted, known_headings(KINDS[options.kind]))
