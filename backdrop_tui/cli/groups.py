"""`backdrop groups`: listing, changing and confirming user groups and their rights."""

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from backdrop_tui.cli.options import Format, data_option, format_option, open_school
from backdrop_tui.cli.output import mark_committed, say, write_json
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.records.rights.user_groups import RIGHTS, Right
from backdrop_tui.steps.listing import REVIEW_GROUPS
from backdrop_tui.steps.locks import is_done, require_unlocked
from backdrop_tui.wording import counted

if TYPE_CHECKING:  # they load polars, which `--help` doesn't need
    from backdrop_tui.people.group_summary import GroupSummary
    from backdrop_tui.school.school import School

_WIDTH = 78
_RIGHTS = "\b\nRights:\n" + "\n".join(f"  {right.key:<33}{right.title}" for right in RIGHTS)


@click.group(
    "groups",
    invoke_without_command=True,
    epilog=f"Example: backdrop groups --reviewed\n\n{_RIGHTS}",
    short_help="List, change and confirm user groups and their rights.",
)
@click.option("--reviewed", is_flag=True, help="Confirm that you have reviewed the groups and their rights.")
@format_option
@data_option
@click.pass_context
def groups_command(ctx: click.Context, /, *, reviewed: bool, format: Format) -> None:  # noqa: A002 - the option's name
    """List the user groups with their members and rights, confirm them as reviewed, or change them.

    Without a command, the groups are listed. Changes take effect at once. A group that you add starts with the rights
    of Teachers. At least one group has to keep manage-groups. manage-allegations is for the head alone, so no group
    starts with it.
    """
    if ctx.invoked_subcommand is not None:
        if reviewed:
            raise UnusableChoiceError("Use --reviewed on its own, without another command.")
        return
    # Loaded here, so that `--help` and wrong options don't wait for polars.
    from backdrop_tui.people.group_summary import HEAD_ONLY_NOTE, group_summaries, review_notes  # noqa: PLC0415
    from backdrop_tui.steps.marks import mark_reviewed  # noqa: PLC0415

    with open_school(ctx, read_only=not reviewed) as school:
        groups = group_summaries(school)
        if reviewed:
            mark_reviewed(school, REVIEW_GROUPS)
            mark_committed(ctx)
        is_reviewed = bool(is_done(school, REVIEW_GROUPS))
    if format == "json":
        write_json(_as_json(groups, is_reviewed=is_reviewed))
    elif reviewed:
        say("\n".join(["The user groups are confirmed as reviewed.", *review_notes(groups), HEAD_ONLY_NOTE]))
    else:
        state = "Confirmed as reviewed." if is_reviewed else "Not confirmed as reviewed yet."
        say(f"{_as_text(groups)}\n\n{state}")


@groups_command.command("add", epilog='Example: backdrop groups add "Year 7 Team"')
@click.argument("name")
@click.option("--anyway", is_flag=True, help="Add it even if its name is very like another group's.")
@data_option
@click.pass_context
def add(ctx: click.Context, /, name: str, *, anyway: bool) -> None:
    """Add a group called NAME, with the rights of Teachers.

    A name that could be mistaken for another group's is refused.
    """
    from backdrop_tui.people.group_management import add_group  # noqa: PLC0415 - loads polars

    with open_school(ctx) as school, _offering_anyway():
        added = add_group(school, name, anyway=anyway)
        mark_committed(ctx)
        say(f"{added} has been added.\n{_rights_of(school, added)}")


@groups_command.command("rename", epilog='Example: backdrop groups rename "Year 7 Team" "Pastoral Team"')
@click.argument("name")
@click.argument("new")
@click.option("--anyway", is_flag=True, help="Rename it even if the new name is very like another group's.")
@data_option
@click.pass_context
def rename(ctx: click.Context, /, name: str, new: str, *, anyway: bool) -> None:
    """Rename the group NAME to NEW.

    Its members stay in it. Files can still use its old name.
    """
    from backdrop_tui.people.group_management import rename_group  # noqa: PLC0415 - loads polars

    with open_school(ctx) as school, _offering_anyway():
        new_name, members = rename_group(school, name, new, anyway=anyway)
    say(f"The group is now called {new_name}. It has {_staff(members)}.")


@groups_command.command("remove", epilog='Example: backdrop groups remove "Pastoral Team" --move-to Teachers')
@click.argument("name")
@click.option("--move-to", metavar="GROUP", help="The group to move its people to.")
@data_option
@click.pass_context
def remove(ctx: click.Context, /, name: str, move_to: str | None) -> None:
    """Remove the group NAME.

    If there are people in it, use --move-to to say where they go.
    """
    from backdrop_tui.people.group_management import GroupInUseError, remove_group  # noqa: PLC0415 - loads polars

    with open_school(ctx) as school:
        try:
            removed, moved = remove_group(school, name, move_to)
        except GroupInUseError as error:
            raise UnusableChoiceError(f"{error.message} Use --move-to GROUP.") from None
    moves = f" {_staff(moved).capitalize()} moved to another group." if moved else ""
    say(f"{removed} has been removed.{moves}")


@groups_command.command(
    "grant", epilog=f'Example: backdrop groups grant "Pastoral Team" run-reports\n\n{_RIGHTS}'
)
@click.argument("group")
@click.argument("rights", nargs=-1, required=True, metavar="RIGHT...")
@data_option
@click.pass_context
def grant(ctx: click.Context, /, group: str, rights: tuple[str, ...]) -> None:
    """Give one or more rights to GROUP."""
    _change(ctx, group, rights, has=True)


@groups_command.command(
    "revoke", epilog=f'Example: backdrop groups revoke "Pastoral Team" run-reports\n\n{_RIGHTS}'
)
@click.argument("group")
@click.argument("rights", nargs=-1, required=True, metavar="RIGHT...")
@data_option
@click.pass_context
def revoke(ctx: click.Context, /, group: str, rights: tuple[str, ...]) -> None:
    """Take one or more rights away from GROUP."""
    _change(ctx, group, rights, has=False)


@groups_command.command("reset", epilog="Example: backdrop groups reset TAs")
@click.argument("group", required=False)
@data_option
@click.pass_context
def reset(ctx: click.Context, /, group: str | None) -> None:
    """Give GROUP, or every group, its default rights back.

    A group that you have added gets the default rights of Teachers.
    """
    from backdrop_tui.people.group_input import group_named  # noqa: PLC0415 - loads polars
    from backdrop_tui.people.group_management import reset_rights  # noqa: PLC0415

    with open_school(ctx) as school:
        require_unlocked(school, REVIEW_GROUPS)
        name = group_named(school, group) if group is not None else None
        reset_rights(school, [name] if name else [])
        mark_committed(ctx)
        say(_rights_of(school, name) if name else "Every group has its default rights back.")


def _change(ctx: click.Context, group: str, rights: Sequence[str], *, has: bool) -> None:
    from backdrop_tui.people.group_input import group_named, right_named  # noqa: PLC0415 - loads polars
    from backdrop_tui.people.group_management import change_rights  # noqa: PLC0415

    with open_school(ctx) as school:
        require_unlocked(school, REVIEW_GROUPS)
        name = group_named(school, group)
        change_rights(school, {name: {right_named(right).key: has for right in rights}})
        mark_committed(ctx)
        say(_rights_of(school, name))


@contextmanager
def _offering_anyway() -> Iterator[None]:
    """Add the option that overrides the refusal to an error about a name very like another group's."""
    from backdrop_tui.people.group_input import SimilarNameError  # noqa: PLC0415 - loads polars

    try:
        yield
    except SimilarNameError as error:
        raise UnusableChoiceError(f"{error.message} To use the name all the same, add --anyway.") from None


def _staff(number: int) -> str:
    """A number of members of staff: `1 member of staff`."""
    return counted(number, "member of staff", "members of staff")


def _rights_of(school: "School", name: str) -> str:
    """The rights of one group, in lines that fit the terminal."""
    from backdrop_tui.people.group_summary import group_summaries  # noqa: PLC0415 - loads polars

    rights = next(group.rights for group in group_summaries(school) if group.name == name)
    return "\n".join(_wrapped(f"Rights of {name}: {_keys(rights)}.", ""))


def _keys(rights: Sequence[Right]) -> str:
    return ", ".join(right.key for right in rights) or "none"


def _as_json(groups: "Sequence[GroupSummary]", *, is_reviewed: bool) -> dict[str, Any]:
    return {
        "groups": [
            {
                "name": group.name,
                "members": group.members,
                "rights": [right.key for right in group.rights],
                "default": group.is_default,
            }
            for group in groups
        ],
        "rights": [{"key": right.key, "title": right.title} for right in RIGHTS],
        "reviewed": is_reviewed,
    }


def _as_text(groups: "Sequence[GroupSummary]") -> str:
    lines: list[str] = []
    for group in groups:
        heading = f"{group.name}: {counted(group.members, 'member')}"
        lines += [*_wrapped(heading, ""), *_wrapped(_keys(group.rights), "  ")]
        if not group.is_default:
            changes = [
                f"{verb} {_keys(rights)}"
                for verb, rights in (("added", group.added), ("removed", group.removed))
                if rights
            ]
            lines += _wrapped(f"Changed from its default: {'; '.join(changes)}.", "  ")
        lines.append("")
    return "\n".join(lines).rstrip()


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )
