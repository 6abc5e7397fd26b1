"""`backdrop retention`: what is due for removal."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

import click

from backdrop_tui.cli.care.erase import yes_option
from backdrop_tui.cli.confirming import confirm
from backdrop_tui.cli.options import Format, data_option, format_option, open_school
from backdrop_tui.cli.output import say, write_json
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.wording import counted

if TYPE_CHECKING:  # they load polars, which `--help` doesn't need
    from backdrop_tui.care.erase import Receipt
    from backdrop_tui.care.retention import DueData, DueStudent
    from backdrop_tui.school.school import School


@click.command(
    "retention",
    epilog="Example: backdrop retention --remove",
    short_help="Show what is due for removal, and remove it.",
)
@click.option("--remove", is_flag=True, help="Remove the students who are due, everywhere, as erase does.")
@yes_option
@format_option
@data_option
@click.pass_context
def retention_command(ctx: click.Context, /, *, remove: bool, yes: bool, format: Format) -> None:  # noqa: A002 - the option's name
    """Show the students who have left and whose records have been kept for long enough, and remove them with --remove.

    Drafts, messages in the outbox and undo data are removed by themselves when they are old enough. How long everything is kept
    is in the settings. Whoever is marked to be kept (“backdrop person ID --keep REASON”) is never due.
    """
    # Loaded here, so that `--help` and wrong options don't wait for polars.
    from backdrop_tui.care.erase import erase  # noqa: PLC0415
    from backdrop_tui.care.erase_texts import receipt_text  # noqa: PLC0415
    from backdrop_tui.care.retention import due_data, due_students, number_kept, still_due  # noqa: PLC0415
    from backdrop_tui.school.audit_log import Event  # noqa: PLC0415

    if yes and not remove:
        raise UnusableChoiceError("Use --yes only together with --remove.")
    with open_school(ctx, read_only=not remove) as school:
        today = school.settings.today
        due = due_students(school, today)
        receipt: Receipt | None = None
        if format == "text":
            old = due_data(school, datetime.now().astimezone())
            say("\n".join(_lines(due, number_kept(school, today), old)))
        if remove and due:
            _confirm(school, due, yes=yes, is_text=format == "text")
            receipt = erase(school, still_due(school, _ids(due), today), Event.RETENTION)
        if format == "json":
            write_json(
                {
                    "students": [_as_json(student) for student in due],
                    "removed": asdict(receipt) if receipt else None,
                }
            )
        elif receipt is not None:
            say("\n".join(receipt_text(receipt)))


def _confirm(school: "School", due: "Sequence[DueStudent]", *, yes: bool, is_text: bool) -> None:
    """Say what will be removed, and ask."""
    from backdrop_tui.care.erase import look_for  # noqa: PLC0415 - loads polars
    from backdrop_tui.care.erase_texts import warning_about_many  # noqa: PLC0415

    if is_text:
        traces = look_for(school, _ids(due))
        say("\n" + "\n\n".join(warning_about_many(traces)) + "\n")
    confirm(f"Remove everything about {counted(len(due), 'student')}?", yes=yes)


def _ids(due: "Sequence[DueStudent]") -> list[str]:
    return [student.person["id"] or "" for student in due]


def _lines(due: "Sequence[DueStudent]", kept: int, old: "DueData") -> Iterator[str]:
    """What is due, a line each."""
    for student in due:
        yield _line(student)
    yield f"{counted(len(due), 'student')} due for removal." if due else "No student is due for removal."
    if kept:
        yield f"{counted(kept, 'student')} would be due, but {'is' if kept == 1 else 'are'} marked to be kept."
    if old:
        yield f"To be removed by the next command that changes something, or when the app is opened: {old.counts.in_words}."


def _line(student: "DueStudent") -> str:
    from backdrop_tui.people.directory import name_of  # noqa: PLC0415 - loads polars
    from backdrop_tui.records.fields.dates import in_words  # noqa: PLC0415

    due_on = student.retention.due_on
    since = f"due since {in_words(due_on)}" if due_on else ""
    return "  ".join((student.person["id"] or "", name_of(student.person), since))


def _as_json(student: "DueStudent") -> dict[str, object]:
    person, due_on = student.person, student.retention.due_on
    return {
        "id": person["id"],
        "first_name": person["first_name"],
        "surname": person["surname"],
        "due_on": due_on.isoformat() if due_on else None,
        "why": student.retention.why,
    }
