"""Commands that change something, each with a school that it changes, for tests that disturb them."""

import re
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from backdrop_tui.care.backups.backup import back_up
from backdrop_tui.care.erase import erase
from backdrop_tui.imports.undo_record import UndoRecord
from backdrop_tui.mail.outbox import outbox_text
from backdrop_tui.mail.verification import send_code
from backdrop_tui.people.invitation_results import invitations
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.account import Account, account_of, sign_up
from backdrop_tui.school.import_history import import_records
from backdrop_tui.school.recipes import saved_recipes
from backdrop_tui.school.school import School
from backdrop_tui.school.settings import SETTINGS
from backdrop_tui.steps.listing import REVIEW_GROUPS, REVIEW_SETTINGS
from backdrop_tui.steps.locks import MARKS_TABLE, mark_of
from backdrop_tui.store.folder import DataFolder
from tests.support.colleagues import colleagues, opened
from tests.support.imports import colleague, import_people
from tests.support.made_up import NOW, STAFF, STUDENTS, student, table
from tests.support.quiet_run import run_quietly


@dataclass(frozen=True)
class ChangingCommand:
    """A command, and what has to be done to the school of `make_school` before it."""

    words: Callable[[DataFolder], Sequence[str | Path]]
    """Gives the command's words; the folder is the school's."""
    prepare: Callable[[DataFolder], object] = lambda _folder: None
    """Prepares the school."""
    told_in_parts: bool = False
    """Whether it stores several things one after another, and says of each that it is stored."""
    changes_school: bool = True
    """Whether it changes anything in `SchoolState`, and not only the log and a file elsewhere."""


def copy_of_school(template: Path, place: Path) -> DataFolder:
    """Copy what `make_school` has made beside each other to a place that isn't there yet. Returns the data folder in it."""
    shutil.copytree(template, place)
    return DataFolder(place / "data")


def make_school(folder: DataFolder) -> None:
    """Make a school with students, staff, a user group of its own, a recipe, and a file to import beside the data folder."""
    folder.create()
    with School(folder) as school:
        opened(school)
        import_people(school, colleague("May", "Mentors"), kind=STAFF)
        colleagues(school, ("Adams", "a@example.org"), ("Byrne", "b@example.org"), group="DSLs")
    first, second = (folder.path.parent / name for name in ("first.csv", "second.csv"))
    first.write_bytes(table(student(n, gender="Boy") for n in range(4)))
    second.write_bytes(table([student(0, registration_group="7Z"), student(9), student(10, gender="Girl")]))
    words = ["import", str(first), "--apply", "gender-unknown", "--data", str(folder.path)]
    assert run_quietly(words)[0] == 0


def _verification_pending(folder: DataFolder) -> None:
    with School(folder) as school:
        sign_up(school, "Hill Top", "Jo", "new@example.org")
        send_code(school)


def _code(folder: DataFolder) -> str:
    (letter,) = folder.outbox.glob("*.eml")
    code = re.search(r"^ +(\d{3} \d{3})$", outbox_text(letter), re.MULTILINE)
    assert code is not None
    return code[1]


def _damaged(folder: DataFolder) -> None:
    folder.students.write_bytes(folder.students.read_bytes()[:-60])


def _first_student(folder: DataFolder) -> str:
    with School(folder, read_only=True) as school:
        return str(school.stored(STUDENTS)["id"][0])


def _backup(folder: DataFolder) -> Path:
    return folder.path.parent / "school.backup"


def _changed_since(folder: DataFolder) -> None:
    """Back up, then change something."""
    with School(folder) as school:
        back_up(school, _backup(folder), NOW)
    second = folder.path.parent / "second.csv"
    words = ["import", str(second), "--skip-errors", "--existing", "update", "--data", str(folder.path)]
    assert run_quietly(words)[0] == 0


def _damaged_since(folder: DataFolder) -> None:
    _changed_since(folder)
    _damaged(folder)


def _erased_since(folder: DataFolder) -> None:
    _changed_since(folder)
    with School(folder) as school:
        erase(school, school.stored(STUDENTS)["id"].to_list()[:1])


def _not_reviewed(folder: DataFolder) -> None:
    with School(folder) as school:
        for step in (REVIEW_SETTINGS, REVIEW_GROUPS):
            school.store.table(MARKS_TABLE).remove(step.key)


def _words(*words: str) -> ChangingCommand:
    return ChangingCommand(lambda _folder: words)


COMMANDS: dict[str, ChangingCommand] = {
    "import": ChangingCommand(
        lambda folder: ("import", folder.path.parent / "second.csv", "--skip-errors", "--existing", "update")
    ),
    "undo": _words("undo"),
    "sign-up": ChangingCommand(
        lambda _folder: (
            *("sign-up", "--organisation", "Other"),
            *("--name", "Kim", "--email", "kim@example.org"),
        ),
        told_in_parts=True,
    ),
    "verify": ChangingCommand(lambda folder: ("verify", _code(folder)), _verification_pending),
    "settings": _words("settings", "phase", "primary"),
    "settings --reviewed": ChangingCommand(lambda _folder: ("settings", "--reviewed"), _not_reviewed),
    "groups add": _words("groups", "add", "Cleaners"),
    "groups rename": _words("groups", "rename", "Mentors", "Coaches"),
    "groups remove": _words("groups", "remove", "Mentors", "--move-to", "DSLs"),
    "groups grant": _words("groups", "grant", "Mentors", "manage-groups"),
    "groups --reviewed": ChangingCommand(lambda _folder: ("groups", "--reviewed"), _not_reviewed),
    "invite": ChangingCommand(lambda _folder: ("invite", "--all"), told_in_parts=True),
    "recipe --forget": _words("recipe", "--forget"),
    "backup": ChangingCommand(lambda folder: ("backup", _backup(folder)), changes_school=False),
    "restore": ChangingCommand(lambda folder: ("restore", _backup(folder), "--yes"), _changed_since),
    "restore damaged": ChangingCommand(lambda folder: ("restore", _backup(folder), "--yes"), _damaged_since),
    "restore erased": ChangingCommand(lambda folder: ("restore", _backup(folder), "--yes"), _erased_since),
    "person": ChangingCommand(lambda folder: ("person", _first_student(folder), "--left", "17/07/2025")),
    "erase": ChangingCommand(lambda folder: ("erase", _first_student(folder), "--yes")),
    "verify-data --accept": ChangingCommand(lambda _folder: ("verify-data", "--accept"), _damaged),
}
"""Commands that change something, by their names."""


@dataclass(frozen=True)
class SchoolState:
    """What is stored about a school, without times, ids and codes."""

    account: Account | None
    """The account; every time in it is 0."""
    students: dict[str, str]
    """Registration groups by name."""
    staff: dict[str, str]
    """User groups by name."""
    left: int
    """The number of students who have left."""
    groups: tuple[tuple[str, int], ...]
    """User groups and the number of their rights."""
    imports: tuple[tuple[str, str, int, int], ...]
    """State, file, added and updated of the imports that did something, the newest first."""
    undo_records: tuple[bool, ...]
    """Whether each of these imports has what is needed to undo it."""
    settings: tuple[object, ...]
    """The values of all settings."""
    marks: tuple[object, ...]
    """Which steps are marked as reviewed."""
    recipes: int
    """The number of recipes."""
    code_sent: bool
    """Whether there is a code that can be entered."""
    invited: frozenset[str]
    """The ids of those who have been invited."""


def state_of(folder: DataFolder) -> SchoolState:
    """What is stored in a folder that is sound."""
    with School(folder, read_only=True) as school:
        account = account_of(school)
        records = [record for record in import_records(school) if record.state in {"succeeded", "undone"}]
        return SchoolState(
            account=replace(account, signed_up=0.0, verified=account.verified and 0.0) if account else None,
            students=_by_name(school, STUDENTS, "registration_group"),
            staff=_by_name(school, STAFF, "user_group"),
            left=school.leavers(STUDENTS).height,
            groups=tuple((group.name, len(group.rights)) for group in school.user_groups()),
            imports=tuple((each.state, each.file, each.added, each.updated) for each in records),
            undo_records=tuple(UndoRecord.find(school, record.id) is not None for record in records),
            settings=tuple(school.settings.get(name) for name in SETTINGS),
            marks=tuple(mark_of(school, step) for step in (REVIEW_SETTINGS, REVIEW_GROUPS)),
            recipes=len(saved_recipes(school, STUDENTS)),
            code_sent=school.store.table("account").get("code") is not None,
            invited=frozenset(invitations(school)),
        )


def state_if_readable(folder: DataFolder) -> SchoolState | None:
    """What is stored in a folder; None if that can't be read."""
    with suppress(Exception):
        return state_of(folder)
    return None


def _by_name(school: School, kind: RecordKind, key: str) -> dict[str, str]:
    people = school.stored(kind).select("first_name", "surname", key)
    return {f"{first} {last}": group or "" for first, last, group in people.iter_rows()}


def words_for(command: ChangingCommand, folder: DataFolder) -> list[str]:
    """All words of a command that is to change the school in a folder."""
    return [*map(str, command.words(folder)), "--data", str(folder.path)]
