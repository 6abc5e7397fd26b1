"""What the tests of a file's way in share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.store.folder import DataFolder
from tests.support.made_up import NOW, STUDENTS

Begin = Callable[..., Draft]


@pytest.fixture
def begin(data: DataFolder, tmp_path: Path) -> Iterator[Begin]:
    """Begins drafts of files, and lets go of them at the end."""
    begun: list[Draft] = []

    def begin_draft(source: bytes | str, kind: RecordKind = STUDENTS) -> Draft:
        text = source.encode() if isinstance(source, str) else source
        begun.append(Draft.create(data, kind, [SourceFile.at(tmp_path / "pupils.csv", text)], NOW))
        return begun[-1]

    yield begin_draft
    for draft in begun:
        draft.close()
