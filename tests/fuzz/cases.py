"""Cases: a file, what its rows are, and what its user does with it. The corpus keeps them as files."""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.kind import RecordKind

CORPUS = Path(__file__).parent / "corpus"
"""The cases that every run begins with: a file each, named after what is wrong with it, its kind and its user."""
_NAME = re.compile(r"(?P<title>[\w-]+)\.(?P<kind>[a-z]+)\.(?P<user>\d+)\.csv")


@dataclass(frozen=True)
class Case:
    """A file, and what its user does with it."""

    kind: RecordKind = field(repr=False)
    """What the file's rows are."""
    user: int
    """The seed of the user's choices."""
    data: bytes = field(repr=False)
    """The file."""

    @classmethod
    def at(cls, path: Path) -> Self:
        """A case of the corpus, given its path."""
        name = _NAME.fullmatch(path.name)
        if name is None:
            raise ValueError(f"{path.name} isn't named like TITLE.KIND.USER.csv")
        return cls(KINDS[name["kind"]], int(name["user"]), path.read_bytes())

    def save(self, folder: Path, title: str) -> Path:
        """Save the case to a folder; its name tells it from others with the same title. Returns its path."""
        checksum = hashlib.sha256(self.data).hexdigest()[:6]
        path = folder / f"{title}-{checksum}.{self.kind.name}.{self.user}.csv"
        path.write_bytes(self.data)
        return path


def corpus() -> list[Path]:
    """The paths of the corpus, in order."""
    return sorted(CORPUS.glob("*.csv"))
