"""The steps that bring a stored file up to date, one for each format.

A file that states no format has format 1. Whenever what is stored in a kind of file changes, a step is added to that kind, so its
current format is always one more than the number of its steps. Steps are never edited or removed: there may always be a data
folder that still needs them.
"""

from collections.abc import Callable, Mapping
from typing import Any

Step = Callable[[Any], Any]
"""Takes a file's content in one format, and returns it in the next. It may change its argument."""


def _nothing_changes(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """The new format has room for more than the old one, and what was stored before has none of it."""
    return content


def _several_files(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """From 3 to 4: a draft can have several files, so it has lists of their names and paths."""
    file, path = content["file"], content.pop("path")
    return content | {"files": [file] if file else [], "paths": [path] if path else []}


def _checksums_of_files(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """From 4 to 5: a draft has the checksums of its files. Those of an older draft are worked out when it is opened."""
    return content | {"checksums": []}


def _count_the_erased(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """From 3 to 4: undo data says how many people were erased from it. Nobody was before."""
    return content | {"erased": 0}


def _note_when_saved(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """From 5 to 6: a draft says when it was saved last. Of an older one, only its start is known."""
    return content | {"saved": content["started"]}


def _mark_as_current(kind: str) -> Step:
    """From 3 to 4: people can have left. Everyone stored before is still at the school."""

    def mark_as_current(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
        return content | {
            kind: {number: person | {"status": "current"} for number, person in content.get(kind, {}).items()}
        }

    return mark_as_current


STEPS: Mapping[str, tuple[Step, ...]] = {
    "students": (
        _nothing_changes,  # the file states its format
        _nothing_changes,  # one journal for the whole folder, which an earlier version would not read
        _mark_as_current("students"),
    ),
    "staff": (
        _nothing_changes,  # the file states its format
        _nothing_changes,  # one journal for the whole folder
        _mark_as_current("staff"),
    ),
    "setup": (
        _nothing_changes,  # the file states its format
        _nothing_changes,  # recipes
        _nothing_changes,  # fields without a column: the same value in every row, or worked out
        _nothing_changes,  # one journal for the whole folder
        _nothing_changes,  # confirmed departures, records to keep, answers to who is who
        _nothing_changes,  # imports that move everyone to a new school year
        _nothing_changes,  # what restoring a backup has left to do
        _nothing_changes,  # people erased, imports whose undo data was removed
        _nothing_changes,  # why rows were left out of an import, and the folder of its errors file
    ),
    "draft": (
        _nothing_changes,  # the file states its format
        _nothing_changes,  # fields without a column
        _several_files,
        _checksums_of_files,
        _note_when_saved,
    ),
    "edits": (
        _nothing_changes,  # the file states its format
        _nothing_changes,  # answers to findings, and the academic year
        _nothing_changes,  # who rows are about
    ),
    "undo": (
        _nothing_changes,  # the file states its format
        _nothing_changes,  # the academic year
        _count_the_erased,
    ),
    "absent": (_nothing_changes,),  # the file states its format
}
"""The steps by kind of file; the first of each leads from format 1 to format 2.

The content is TinyDB's tables for `students`, `staff` and `setup`, a list with an item for each line for `edits`, and a JSON object for
the rest.
"""


def current_format(kind: str) -> int:
    """The format in which this version writes a kind of file."""
    return len(STEPS[kind]) + 1


def migrate(kind: str, content: Any, file_format: int) -> Any:  # noqa: ANN401 - whatever the file contains
    """Bring the content of a file in an older format up to date."""
    for step in STEPS[kind][file_format - 1 :]:
        content = step(content)
    return content
