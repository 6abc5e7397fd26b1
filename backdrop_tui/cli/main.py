"""The command `backdrop`, its subcommands, and what it says when something goes wrong."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from backdrop_tui import __version__
from backdrop_tui.cli.options import data_option
from backdrop_tui.errors import BackdropError

_COMMANDS = {
    "check": "check",
    "import": "importing",
    "template": "tables",
    "export": "tables",
    "demo": "screens",
}
"""Each command and the module that has it. A module is loaded when its command is run."""


class Commands(click.Group):
    """The subcommands, loaded one by one so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Their names, in the order in which they are used."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """One of them; None where there is none of that name."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"backdrop_tui.cli.{_COMMANDS[cmd_name]}")
        command = getattr(module, f"{cmd_name}_command")
        assert isinstance(command, click.Command)  # noqa: S101 - for the type checker
        return command


@click.command(
    cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)  # fmt: skip
@click.version_option(__version__, message="backdrop %(version)s")
@data_option
@click.pass_context
def backdrop(ctx: click.Context) -> None:
    """Get a school's students and staff into Back:drop from the CSV the school really has.

    Without a command, backdrop opens the app.
    """
    if ctx.invoked_subcommand is None:
        from backdrop_tui.cli.screens import open_app  # noqa: PLC0415 - loads the screens

        open_app(ctx)


def run(arguments: Sequence[str]) -> int:
    """Run one command. Returns its exit status; every error is said in one sentence on standard error."""
    try:
        result = backdrop.main(args=list(arguments), prog_name="backdrop", standalone_mode=False)
    except BackdropError as error:
        return _failed(error.message, error.exit_status)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        return _failed("Stopped. Nothing was changed.", 130)
    except click.ClickException as error:
        return _failed(_in_a_sentence(error), 2)
    except BrokenPipeError:
        # Whoever read our output has closed it; Python must not complain of it again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0


def _in_a_sentence(error: click.ClickException) -> str:
    message = error.format_message().strip().rstrip(".?")
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "backdrop"
    return f"{message}. “{path} --help” shows how it is used."


def _failed(sentence: str, status: int) -> int:
    click.echo(f"backdrop: {sentence}", err=True)
    return status
