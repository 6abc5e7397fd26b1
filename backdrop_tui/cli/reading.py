"""The file of `check` and `import`, read while the rest of the program is still being loaded.

Loading polars and the rules takes nearly as long as finding a million lines, and most of both can go on side by side. So
each module is imported only when it is needed: first nothing, then polars, then the headings that are known.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from backdrop_tui.cli.options import FileOptions
from backdrop_tui.intake.source import load

if TYPE_CHECKING:
    from backdrop_tui.intake.sheet import Sheet


def read(path: Path, options: FileOptions) -> "Sheet":
    """A file as a table of text.

    Raises:
        UnusableFileError: The file can't be used.
    """
    data = load(path)
    from backdrop_tui.intake.reading import read_text, take_text  # noqa: PLC0415

    text = take_text(data, path.name, options.encoding)
    del data  # `text` may have it in another form
    from backdrop_tui.intake.match import known_headings  # noqa: PLC0415
    from backdrop_tui.intake.sheet import ReadOptions  # noqa: PLC0415
    from backdrop_tui.records.kinds import KINDS  # noqa: PLC0415

    return read_text(
        text, ReadOptions(options.encoding, options.delimiter), known_headings(KINDS[options.kind])
    )
