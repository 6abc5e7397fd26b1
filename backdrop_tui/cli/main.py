"""The command `backdrop`: its subcommands, and the message and exit status for each error."""

from collections.abc import Sequence
from pathlib import Path
from pkgutil import resolve_name

import click

from backdrop_tui import __version__
from backdrop_tui.cli.options import data_option
from backdrop_tui.cli.output import is_committed, say_error, status_after_output
from backdrop_tui.errors import BackdropError, DataFolderError, UnusableChoiceError
from backdrop_tui.steps import listing
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.wording import listed

INTERRUPTED = 130
"""Exit status after Ctrl+C, as in shells: 128 and the number of the signal."""
BROKEN = 70
"""Exit status after a fault in the program itself."""

_COMMANDS = {
    "check": "files.check",
    "template": "tables",
    "export": "tables",
    "turn": "files.turn",
    "list": "people.listing",
    "person": "people.person",
    "undo": "undo",
    "erase": "care.erase",
    "subject-access": "care.subject_access",
    "retention": "care.retention",
    "recipe": "recipe",
    "backup": "backup",
    "restore": "backup",
    "report": "report",
    "verify-data": "verify_data",
    "log": "log",
    "status": "status",
    "demo": "screens",
}
"""The commands that no step of set-up declares, each with its module in `backdrop_tui.cli`."""


def command_paths() -> dict[str, str]:
    """Where each command is, by name: `module:attribute`. The commands of the steps come first, in their order."""
    of_steps = {step.command_name: step.command for step in listing.STEPS}
    others = {
        name: f"backdrop_tui.cli.{module}:{name.replace('-', '_')}_command"
        for name, module in _COMMANDS.items()
    }
    return of_steps | others


class Commands(click.Group):
    """The subcommands. Only the module of the one that is run is loaded, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands' names, in the order in which they are listed."""
        return list(command_paths())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """A command by its name; None if there is no such command."""
        path = command_paths().get(cmd_name)
        if path is None:
            return None
        command = resolve_name(path)
        assert isinstance(command, click.Command)  # noqa: S101 - for the type checker
        return command

    def invoke(self, ctx: click.Context) -> int:
        """Run the command, and return its exit status."""
        try:
            result = super().invoke(ctx)
        except DataFolderError as error:
            if not is_committed(ctx):
                raise
            say_error(f"Done, but it can't be shown. {error.message}")
            result = 0
        return status_after_output(ctx, result if isinstance(result, int) else 0)


@click.command(
    cls=Commands,
    invoke_without_command=True,
    epilog="Example: backdrop check pupils.csv. “backdrop COMMAND --help” explains each command.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="backdrop %(version)s")
@click.option(
    "--plain",
    is_flag=True,
    help="Instead of a command: the whole way through as questions and numbered lists, line by line, for screen readers.",
)
@data_option
@click.pass_context
def backdrop(ctx: click.Context, /, *, plain: bool) -> None:
    """Add a school's students and staff to Back:drop from a CSV file.

    Without a command, backdrop opens the app: F1 explains each screen and lists its keys, and Ctrl+P finds everything
    that can be done there. To practise with a made-up school, use “backdrop demo”.

    The guide for school offices is docs/guide.md in the project's repository. Beside it are a list of all keys, all
    commands with examples, and a page on data protection.
    """
    if plain:
        if ctx.invoked_subcommand is not None:
            raise UnusableChoiceError(
                f"Use either --plain or “{ctx.invoked_subcommand}”: --plain takes the place of a command."
            )
        from backdrop_tui.cli.plain.menu import run_plain  # noqa: PLC0415 - loads polars

        run_plain(ctx)
    elif ctx.invoked_subcommand is None:
        from backdrop_tui.cli.screens import open_app  # noqa: PLC0415 - loads the screens

        open_app(ctx)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status. Every error is one line on standard error."""
    try:
        result = backdrop.main(args=list(arguments), prog_name="backdrop", standalone_mode=False)
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else BROKEN
    except BaseException as error:  # noqa: BLE001 - a traceback could show pupils' data; polars' panics are no Exception
        message, status = _message_and_status(error)
        say_error(message)
        return status
    return result if isinstance(result, int) else 0


def _message_and_status(error: BaseException) -> tuple[str, int]:
    """The sentence that an error is reported with, and the exit status that goes with it."""
    match error:
        case BackdropError():
            return _with_way_on(error), error.exit_status
        case click.ClickException():
            return _usage_message(error), 2
        case click.Abort() | KeyboardInterrupt():
            return "Stopped before it had finished.", INTERRUPTED
        case MemoryError():
            return (
                "There isn't enough memory for this file. Split it into smaller files, or use a computer with more memory.",
                2,
            )
        case OSError():  # such as `--help` with a full standard output
            return f"Something can't be read or written: {error.strerror or 'the system gave no reason'}.", 2
        case _:
            return f"Something went wrong in backdrop itself ({_where(error)}). Please report this.", BROKEN


def _with_way_on(error: BackdropError) -> str:
    """The message of an error, with the commands that unlock a locked step."""
    if not isinstance(error, LockedError):
        return error.message
    commands = listed((f"“backdrop {step.usage}”" for step in error.blockers), conjunction="and then")
    return f"{error.message} Run {commands}."


def _usage_message(error: click.ClickException) -> str:
    """Click's message as a sentence, and the command that shows the right usage."""
    message = error.format_message().strip().rstrip(".")
    stop = "" if message.endswith("?") else "."
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "backdrop"
    return f"{message}{stop} For help, run “{path} --help”."


def _where(error: BaseException) -> str:
    """The type of an error and the line of ours that raised it, without its message, which could name a pupil."""
    place, trace = "", error.__traceback__
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if "backdrop_tui" in path.parts:
            place = f" in {path.name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}{place}"
