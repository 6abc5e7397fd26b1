"""The steps that bring a stored file up to date, one for each format.

A file that states no format has format 1. Whenever what is stored in a kind of file changes, a step is added to that kind, so its
current format is always one more than the number of its steps. Steps are never edited or removed: there may always be a data
folder that still needs them.
"""

from collections.abc import Callable, Mapping
from typing import Any

Step = Callable[[Any], Any]
"""Takes a file's content in one format, and returns it in the next. It may change its argument."""


def _state_the_format(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """From 1 to 2: the file states its format; its content stays the same.

    A person who lacks a field's key has nothing in that field, and gets the key when the file is written.
    """
    return content


def _several_files(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """From 3 to 4: a draft can have several files, so it has lists of their names and paths."""
    file, path = content["file"], content.pop("path")
    return content | {"files": [file] if file else [], "paths": [path] if path else []}


def _answer_findings(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """From 2 to 3: a change can also answer a finding or set the academic year. Changes made before do neither."""
    return content


def _say_who_is_who(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """From 3 to 4: a change can also say who rows are about. Changes made before don't."""
    return content


def _remember_recipes(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """From 2 to 3: there can be a table of recipes. What was stored before has none."""
    return content


def _fill_fields(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """Fields without a column can get the same value in every row, or be worked out. Before, they were blank."""
    return content


def _checksums_of_files(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """From 4 to 5: a draft has the checksums of its files. Those of an older draft are worked out when it is opened."""
    return content | {"checksums": []}


def _one_journal(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """The data folder has one journal, which an earlier version would not read. The file's content stays the same."""
    return content


def _note_leavers(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """From 5 to 6: there can be tables of confirmed departures, of records to keep, and of answers to who is who."""
    return content


def _turn_the_year(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """An import can be a move to a new school year, and can change the academic year. Those stored before were not, and the latter wasn't noted."""
    return content


def _note_restores(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """There can be tables of what restoring a backup has left to do. Before, there were none."""
    return content


def _note_erasures(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """There can be a table of people erased, and imports whose undo data was removed. Before, there was neither."""
    return content


def _count_the_erased(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """From 3 to 4: undo data says how many people were erased from it. Nobody was before."""
    return content | {"erased": 0}


def _note_when_saved(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """From 5 to 6: a draft says when it was saved last. Of an older one, only its start is known."""
    return content | {"saved": content["started"]}


def _note_why_left_out(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
    """An import has noted why rows were not imported, and the folder of its errors file. Those stored before haven't."""
    return content


def _mark_as_current(kind: str) -> Step:
    """From 3 to 4: people can have left. Everyone stored before is still at the school."""

    def mark_as_current(content: Any) -> Any:  # noqa: ANN401 - whatever the file contains
        return content | {
            kind: {number: person | {"status": "current"} for number, person in content.get(kind, {}).items()}
        }

    return mark_as_current


STEPS: Mapping[str, tuple[Step, ...]] = {
    "students": (_state_the_format, _one_journal, _mark_as_current("students")),
    "staff": (_state_the_format, _one_journal, _mark_as_current("staff")),
    "setup": (
        _state_the_format,
        _remember_recipes,
        _fill_fields,
        _one_journal,
        _note_leavers,
        _turn_the_year,
        _note_restores,
        _note_erasures,
        _note_why_left_out,
    ),
    "draft": (_state_the_format, _fill_fields, _several_files, _checksums_of_files, _note_when_saved),
    "edits": (_state_the_format, _answer_findings, _say_who_is_who),
    "undo": (_state_the_format, _turn_the_year, _count_the_erased),
    "absent": (_state_the_format,),
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
