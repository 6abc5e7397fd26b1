"""`backdrop groups`: the user groups and their rights."""

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from backdrop_tui.cli.options import Format, data_folder, data_option, format_option
from backdrop_tui.cli.output import say
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.records.rights.user_groups import RIGHTS, Right
from backdrop_tui.steps.listing import REVIEW_GROUPS
from backdrop_tui.steps.locks import is_done, require_unlocked

if TYPE_CHECKING:  # they load polars, for which `--help` need not wait
    from backdrop_tui.people.group_summary import GroupSummary
    from backdrop_tui.school.school import School

_WIDTH = 78
_RIGHTS = "\b\nRights:\n" + "\n".join(f"  {right.key:<33}{right.title}" for right in RIGHTS)


@click.group(
    "groups",
    invoke_without_command=True,
    epilog=_RIGHTS,
    short_help="List, change and confirm user groups and their rights.",
)
@click.option("--reviewed", is_flag=True, help="Confirm the groups and their rights as reviewed.")
@format_option
@data_option
@click.pass_context
def groups_command(ctx: click.Context, /, *, reviewed: bool, format: Format) -> None:  # noqa: A002 - the option's name
    """List the user groups with their members and rights, confirm them as reviewed, or change them.

    Without a command they are listed. What is changed takes effect at once. A group of your own starts with the rights of
    Teachers. At least one group keeps manage-groups. manage-allegations is for the head alone, so no group starts with it.
    """
    if ctx.invoked_subcommand is not None:
        if reviewed:
            raise UnusableChoiceError("--reviewed goes without a command.")
        return
    # Loaded here, so that `--help` and wrong options need not wait for polars.
    from backdrop_tui.cli.report import write_json  # noqa: PLC0415
    from backdrop_tui.people.group_summary import HEAD_ONLY_NOTE, group_summaries, review_notes  # noqa: PLC0415
    from backdrop_tui.steps.marks import mark_reviewed  # noqa: PLC0415

    with _school(ctx, read_only=not reviewed) as school:
        groups = group_summaries(school)
        if reviewed:
            mark_reviewed(school, REVIEW_GROUPS)
        confirmed = bool(is_done(school, REVIEW_GROUPS))
    if format == "json":
        write_json(_as_json(groups, is_reviewed=confirmed))
    elif reviewed:
        say("\n".join(["The user groups are confirmed as reviewed.", *review_notes(groups), HEAD_ONLY_NOTE]))
    else:
        say(
            f"{_as_text(groups)}\n\n{'Confirmed as reviewed.' if confirmed else 'Not confirmed as reviewed yet.'}"
        )


@groups_command.command("add")
@click.argument("name")
@click.option("--anyway", is_flag=True, help="Even though the name is nearly that of another group.")
@data_option
@click.pass_context
def add(ctx: click.Context, /, name: str, *, anyway: bool) -> None:
    """Add a group called NAME, with the rights that Teachers have.

    A name that can be mistaken for another group's is refused.
    """
    from backdrop_tui.people.group_management import add_group  # noqa: PLC0415 - loads polars

    with _school(ctx) as school, _offering_anyway():
        added = add_group(school, name, anyway=anyway)
        say(f"{added} is added.\n{_rights_of(school, added)}")


@groups_command.command("rename")
@click.argument("name")
@click.argument("new")
@click.option("--anyway", is_flag=True, help="Even though the new name is nearly that of another group.")
@data_option
@click.pass_context
def rename(ctx: click.Context, /, name: str, new: str, *, anyway: bool) -> None:
    """Call the group NAME otherwise: NEW.

    Everybody in it moves along. In files its old name still leads to it.
    """
    from backdrop_tui.people.group_management import rename_group  # noqa: PLC0415 - loads polars

    with _school(ctx) as school, _offering_anyway():
        called, moved = rename_group(school, name, new, anyway=anyway)
    say(f"The group is called {called} now. {_counted(moved)} in it.")


@groups_command.command("remove")
@click.argument("name")
@click.option("--move-to", metavar="GROUP", help="The group that its people move to.")
@data_option
@click.pass_context
def remove(ctx: click.Context, /, name: str, move_to: str | None) -> None:
    """Remove the group NAME.

    While people are in it, it is removed only with --move-to.
    """
    from backdrop_tui.people.group_management import GroupInUseError, remove_group  # noqa: PLC0415 - loads polars

    with _school(ctx) as school:
        try:
            removed, moved = remove_group(school, name, move_to)
        except GroupInUseError as error:
            raise UnusableChoiceError(f"{error.message} --move-to GROUP does that.") from None
    say(f"{removed} is removed." + (f" {_counted(moved)} moved." if moved else ""))


@groups_command.command("grant", epilog=_RIGHTS)
@click.argument("group")
@click.argument("rights", nargs=-1, required=True, metavar="RIGHT...")
@data_option
@click.pass_context
def grant(ctx: click.Context, /, group: str, rights: tuple[str, ...]) -> None:
    """Give one or more rights to GROUP."""
    _change(ctx, group, rights, has=True)


@groups_command.command("revoke", epilog=_RIGHTS)
@click.argument("group")
@click.argument("rights", nargs=-1, required=True, metavar="RIGHT...")
@data_option
@click.pass_context
def revoke(ctx: click.Context, /, group: str, rights: tuple[str, ...]) -> None:
    """Take one or more rights from GROUP."""
    _change(ctx, group, rights, has=False)


@groups_command.command("reset")
@click.argument("group", required=False)
@data_option
@click.pass_context
def reset(ctx: click.Context, /, group: str | None) -> None:
    """Give GROUP its default rights again, or every group.

    A group of your own gets those that Teachers have by default.
    """
    from backdrop_tui.people.group_input import group_named  # noqa: PLC0415 - loads polars
    from backdrop_tui.people.group_management import reset_rights  # noqa: PLC0415

    with _school(ctx) as school:
        require_unlocked(school, REVIEW_GROUPS)
        name = group_named(school, group) if group is not None else None
        reset_rights(school, [name] if name else [])
        say(_rights_of(school, name) if name else "Every group has its default rights again.")


def _change(ctx: click.Context, group: str, rights: Sequence[str], *, has: bool) -> None:
    from backdrop_tui.people.group_input import group_named, right_named  # noqa: PLC0415 - loads polars
    from backdrop_tui.people.group_management import change_rights  # noqa: PLC0415

    with _school(ctx) as school:
        require_unlocked(school, REVIEW_GROUPS)
        name = group_named(school, group)
        change_rights(school, {name: {right_named(right).key: has for right in rights}})
        say(_rights_of(school, name))


def _school(ctx: click.Context, *, read_only: bool = False) -> "School":
    from backdrop_tui.school.school import School  # noqa: PLC0415 - loads polars

    return School(data_folder(ctx), read_only=read_only)


@contextmanager
def _offering_anyway() -> Iterator[None]:
    """Say with a name that is nearly another's how it can be had."""
    from backdrop_tui.people.group_input import SimilarNameError  # noqa: PLC0415 - loads polars

    try:
        yield
    except SimilarNameError as error:
        raise UnusableChoiceError(
            f"{error.message} --anyway makes it a group of its own all the same."
        ) from None


def _counted(people: int) -> str:
    """How many members of staff, and the verb for that."""
    from backdrop_tui.records.kinds import KINDS  # noqa: PLC0415 - loads polars

    return f"{KINDS['staff'].counted(people).capitalize()} {'is' if people == 1 else 'are'}"


def _rights_of(school: "School", name: str) -> str:
    """The rights of one group, in a sentence made to fit the terminal."""
    from backdrop_tui.people.group_summary import group_summaries  # noqa: PLC0415 - loads polars

    now = next(now for now in group_summaries(school) if now.name == name)
    return "\n".join(_wrapped(f"Rights of {name}: {_listed(now.rights)}.", ""))


def _listed(rights: Sequence[Right]) -> str:
    return ", ".join(right.key for right in rights) or "none"


def _as_json(groups: "Sequence[GroupSummary]", *, is_reviewed: bool) -> dict[str, Any]:
    return {
        "groups": [
            {
                "name": now.name,
                "members": now.members,
                "rights": [right.key for right in now.rights],
                "default": now.is_default,
            }
            for now in groups
        ],
        "rights": [{"key": right.key, "title": right.title} for right in RIGHTS],
        "reviewed": is_reviewed,
    }


def _as_text(groups: "Sequence[GroupSummary]") -> str:
    lines: list[str] = []
    for now in groups:
        head = f"{now.name}: {now.members:,} member{'' if now.members == 1 else 's'}"
        lines += [*_wrapped(head, ""), *_wrapped(_listed(now.rights), "  ")]
        if not now.is_default:
            parts = [
                f"{sign} {_listed(rights)}"
                for sign, rights in (("with", now.added), ("without", now.removed))
                if rights
            ]
            lines += _wrapped(f"Not its default: {', '.join(parts)}.", "  ")
        lines.append("")
    return "\n".join(lines).rstrip()


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )
