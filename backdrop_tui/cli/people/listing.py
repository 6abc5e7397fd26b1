"""`backdrop list`: the people stored with their ids, and for leavers what is still to be done."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from backdrop_tui.cli.options import Format, data_option, format_option, open_school
from backdrop_tui.cli.output import say, write_json
from backdrop_tui.errors import UnusableChoiceError

if TYPE_CHECKING:  # they load polars, which `--help` doesn't need
    import polars as pl

    from backdrop_tui.people.leaver_list import Leavers, View
    from backdrop_tui.records.schema.kind import RecordKind

_TITLES = {
    "confirm-departure": "Held child-protection rights. Confirm that they no longer have access:",
    "files": "Safeguarding files. The most urgent first:",
    "destination": "Of compulsory school age, and their new school isn't known:",
    "settled": "Nothing to be done:",
}


@click.command(
    "list",
    short_help="List students, staff or everyone who has left, with their ids.",
    epilog="Example: backdrop list leavers --outstanding",
)
@click.argument("who", type=click.Choice(["students", "staff", "leavers"]))
@click.option(
    "--outstanding",
    is_flag=True,
    help="Only leavers for whom something is still to be done, the most urgent first.",
)
@format_option
@data_option
@click.pass_context
def list_command(ctx: click.Context, /, who: str, *, outstanding: bool, format: Format) -> None:  # noqa: A002 - the option's name
    """List everyone at the school, or everyone who has left, with their ids."""
    # Loaded here, so that `--help` and wrong options don't wait for polars.
    from backdrop_tui.people.leaver_list import leavers_of  # noqa: PLC0415
    from backdrop_tui.records.kinds import KINDS  # noqa: PLC0415

    if outstanding and who != "leavers":
        raise UnusableChoiceError("Use --outstanding with leavers: “backdrop list leavers --outstanding”.")
    with open_school(ctx, read_only=True) as school:
        if who == "leavers":
            today = school.settings.today
            view: View = "outstanding" if outstanding else "everyone"
            # Staff come first: someone who may still see what concerns child protection can't wait.
            leavers = [leavers_of(school, KINDS[name], today) for name in ("staff", "students")]
            people = [(group, group.viewed(view)) for group in leavers]
            if format == "json":
                write_json(
                    {
                        "leavers": [
                            _as_json(group.kind, row)
                            for group, rows in people
                            for row in rows.iter_rows(named=True)
                        ]
                    }
                )
            else:
                say("\n".join(_leavers_as_text(people)))
            return
        kind = KINDS[who]
        current = school.current(kind).sort(_by_name())
    if format == "json":
        write_json({who: [_as_json(kind, row) for row in current.iter_rows(named=True)]})
    else:
        say(
            "\n".join(
                [
                    *(_line(kind, row) for row in current.iter_rows(named=True)),
                    f"{kind.counted(current.height)}.",
                ]
            )
        )


def _by_name() -> "list[pl.Expr]":
    import polars as pl  # noqa: PLC0415 - slow to load

    return [pl.col(key).str.to_lowercase() for key in ("surname", "first_name")]


def _as_json(kind: "RecordKind", person: Mapping[str, Any]) -> dict[str, Any]:
    """A person with their kind, and every date as text."""
    values = {
        key: value if value is None or isinstance(value, (str, bool)) else str(value)
        for key, value in person.items()
    }
    return {"id": values.pop("id"), "kind": kind.name, **values}


def _leavers_as_text(people: "list[tuple[Leavers, pl.DataFrame]]") -> Iterator[str]:
    """The leavers in sections, by what is to be done."""
    from backdrop_tui.people.leaver_list import DAYS_NOTE, section_of  # noqa: PLC0415 - loads polars

    sections: dict[str, list[str]] = {key: [] for key in _TITLES}
    for group, rows in people:
        for person in rows.iter_rows(named=True):
            sections[section_of(person)].append(_leaver_line(group.kind, person))
    for key, lines in sections.items():
        if lines:
            yield from (_TITLES[key], *lines, "")
    if sections["files"]:
        yield DAYS_NOTE
    total = sum(map(len, sections.values()))
    yield f"{total:,} listed." if total else "Nobody is listed."


def _line(kind: "RecordKind", person: Mapping[str, Any]) -> str:
    """A person's id, name, and where in the school they belong."""
    from backdrop_tui.people.directory import name_of  # noqa: PLC0415 - loads polars
    from backdrop_tui.people.leaver_list import place_of  # noqa: PLC0415

    return "  ".join(filter(None, (person["id"], name_of(person), place_of(kind, person))))


def _leaver_line(kind: "RecordKind", person: Mapping[str, Any]) -> str:
    from backdrop_tui.people.leaver_list import leaving_in_words, sign_of, task_in_words  # noqa: PLC0415 - loads polars

    parts = (_line(kind, person), leaving_in_words(person), task_in_words(person))
    return f"{sign_of(person)} " + "; ".join(filter(None, parts))
