"""What was picked for an import: files, or cells pasted from a spreadsheet."""

from dataclasses import dataclass
from pathlib import Path

from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.intake.reading.source import load
from backdrop_tui.wording import counted

_PASTED = "Pasted cells"


@dataclass(frozen=True)
class Picked:
    """Files that were picked, or cells that were pasted."""

    paths: tuple[Path, ...] = ()
    """The files."""
    pasted: str = ""
    """The cells, as the terminal has passed them on."""

    @property
    def name(self) -> str:
        """A name for it while it is being read."""
        if self.pasted:
            return _PASTED.lower()
        return self.paths[0].name if len(self.paths) == 1 else counted(len(self.paths), "file")

    @property
    def folder(self) -> Path | None:
        """The folder of the (first) file; None for pasted cells."""
        return self.paths[0].absolute().parent if self.paths else None

    def load(self) -> list[SourceFile]:
        """Read all of it.

        Raises:
            UnusableFileError: A file can't be read.
        """
        if self.pasted:
            return [SourceFile(_PASTED, self.pasted.encode(errors="replace"), None)]
        return [SourceFile.at(path, load(path)) for path in self.paths]
