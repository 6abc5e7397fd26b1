"""`backdrop person`: show one person, and change what Administration changes for one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from backdrop_tui.cli.options import Format, data_option, format_option, open_school
from backdrop_tui.cli.output import mark_committed, say, write_json
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.school import text_input
from backdrop_tui.wording import listed

if TYPE_CHECKING:  # they load polars, which `--help` doesn't need
    from backdrop_tui.records.schema.kind import RecordKind
    from backdrop_tui.school.school import School


@dataclass(frozen=True)
class _Options:
    """What is to be changed; None or False for what stays as it is."""

    left: str | None
    to: str | None
    file: str | None
    back: bool
    confirm: bool
    keep: str | None
    group: str | None

    @property
    def names(self) -> list[str]:
        """The options that were given."""
        return [f"--{name}" for name, value in vars(self).items() if value not in {None, False}]


@click.command(
    "person",
    epilog="Example: backdrop person bd-5c1f0e6a9b7d2348 --left 17/07/2026",
    short_help="Show one person, mark them as left, or change what is noted about that.",
)
@click.argument("person_id", metavar="ID")
@click.option(
    "--left",
    metavar="DATE",
    help="Mark as having left on that day, like 17/07/2026 or 2026-07-17, or correct the day.",
)
@click.option("--to", metavar="SCHOOL", help='The school that a student has gone to; "" removes it.')
@click.option(
    "--file",
    metavar="STATE",
    help="Where a student's safeguarding file is: none, to-send, sent=DATE or receipt=DATE.",
)
@click.option("--back", is_flag=True, help="Bring back someone who has left.")
@click.option(
    "--confirm", is_flag=True, help="Confirm that a member of staff who has left no longer has access."
)
@click.option(
    "--keep", metavar="REASON", help='Keep the record when others are removed, and say why; "" ends that.'
)
@click.option("--group", metavar="NAME", help="Move a member of staff to another user group.")
@format_option
@data_option
@click.pass_context
def person_command(ctx: click.Context, /, person_id: str, *, format: Format, **options: Any) -> None:  # noqa: A002, ANN401 - click's names and values
    """Show one person, by the id that “backdrop list” prints, after making the changes that the options ask for.

    Either all changes are made or none.
    """
    chosen = _Options(**options)
    with open_school(ctx, read_only=not chosen.names) as school:
        kind = _kind_of(school, person_id)
        if chosen.names:
            with school.store.transaction():
                _change(school, kind, person_id, chosen)
            mark_committed(ctx)
        shown = _facts(school, kind, person_id)
    if format == "json":
        write_json(shown)
    else:
        say(_as_text(kind, shown))


def _kind_of(school: "School", person_id: str) -> "RecordKind":
    """The kind of the person with this id. Raises `UnusableChoiceError` if there is none."""
    from backdrop_tui.records.kinds import KINDS  # noqa: PLC0415 - loads polars

    for kind in KINDS.values():
        if not school.is_new and school.store.people(kind.name).get(person_id) is not None:
            return kind
    raise UnusableChoiceError(
        f"Nobody has the id {text_input.quoted(person_id)}. “backdrop list students”, “backdrop list staff” and "
        "“backdrop list leavers” show all ids."
    )


def _change(school: "School", kind: "RecordKind", person_id: str, options: _Options) -> None:
    """Make the changes. Only inside a transaction."""
    from backdrop_tui.people import leaver_changes as leaving  # noqa: PLC0415 - loads polars
    from backdrop_tui.people.changes import change_people  # noqa: PLC0415
    from backdrop_tui.people.group_input import group_named  # noqa: PLC0415

    today, ids = school.settings.today, [person_id]
    _refuse_what_does_not_apply(school, kind, person_id, options)
    if options.back:
        leaving.bring_back(school, kind, ids)
    if options.left is not None:
        leaving.mark_as_left(
            school, kind, ids, leaving.past_day(options.left, today, what="The date of leaving")
        )
    if options.to is not None:
        leaving.set_destination(school, ids, options.to)
    if options.file is not None:
        leaving.answer_about_files(school, ids, leaving.file_answer(options.file, today))
    if options.group is not None:
        change_people(school, kind, ids, {"user_group": group_named(school, options.group)})
    if options.confirm:
        leaving.confirm_departures(school, ids)
    if options.keep is not None:
        leaving.keep_for_longer(school, kind, person_id, options.keep)


def _refuse_what_does_not_apply(
    school: "School", kind: "RecordKind", person_id: str, options: _Options
) -> None:
    """Raise `UnusableChoiceError` if an option doesn't go with another, or with who the person is."""
    from backdrop_tui.records.leaving import LEFT, STATUS  # noqa: PLC0415 - loads polars

    for_others = {"students": {"--group", "--confirm"}, "staff": {"--to", "--file"}}[kind.name]
    if wrong := [name for name in options.names if name in for_others]:
        raise UnusableChoiceError(f"{listed(wrong)} can't be used for a {kind.singular}.")
    about_leaving = [name for name in options.names if name in {"--left", "--to", "--file", "--confirm"}]
    if options.back and about_leaving:
        raise UnusableChoiceError(f"Use --back without {listed(about_leaving, conjunction='or')}.")
    person = school.store.people(kind.name).get(person_id) or {}
    has_left = person.get(STATUS) == LEFT
    if not has_left and options.back:
        raise UnusableChoiceError(f"This {kind.singular} hasn't left.")
    if not has_left and options.left is None and about_leaving:
        raise UnusableChoiceError(f"This {kind.singular} hasn't left. Add --left DATE.")


def _facts(school: "School", kind: "RecordKind", person_id: str) -> dict[str, Any]:
    """All that is stored about a person, by key."""
    from backdrop_tui.school.leaver_notes import reason_to_keep  # noqa: PLC0415 - loads polars

    person = school.store.people(kind.name).get(person_id) or {}
    return {"id": person_id, "kind": kind.name, **person, "keep": reason_to_keep(school, person_id) or None}


def _as_text(kind: "RecordKind", person: Mapping[str, Any]) -> str:
    """A person's fields, one a line, and what is noted about their leaving."""
    from backdrop_tui.people.leaver_list import file_in_words, leaving_in_words  # noqa: PLC0415 - loads polars
    from backdrop_tui.records.leaving import FILE_STATE, LEFT, STATUS  # noqa: PLC0415

    lines = [("ID", person["id"])]
    lines += [(field.label, field.to_show(person[field.key])) for field in kind.fields if person[field.key]]
    if person[STATUS] == LEFT:
        lines.append(("Status", leaving_in_words(person)))
        if FILE_STATE in person:
            lines.append(("Safeguarding file", file_in_words(person)))
    else:
        lines.append(("Status", "at the school"))
    if person["keep"]:
        lines.append(("Kept because", person["keep"]))
    width = max(len(label) for label, _ in lines)
    return "\n".join(f"{label:<{width}}  {text}" for label, text in lines)
