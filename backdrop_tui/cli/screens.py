"""`backdrop` without a command, and `backdrop demo`: opening the app."""

import os
import re
import tempfile
from pathlib import Path

import click

from backdrop_tui.cli.options import data_folder, data_option
from backdrop_tui.cli.working_folder import working_folder_with_files
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.store.folder import DataFolder


def open_app(ctx: click.Context) -> None:
    """Open the app with the chosen data folder, and exit with its status."""
    _run(ctx, data_folder(ctx), working_folder_with_files())


@click.command("demo", epilog="Example: backdrop demo")
@data_option
@click.pass_context
def demo_command(ctx: click.Context) -> None:
    """Open the app with a made-up school, in a temporary folder.

    A CSV file of students and one of staff, with the mistakes that schools' files have, are ready to pick. Everything
    is deleted when you quit.
    """
    _need_a_terminal()
    from backdrop_tui.demo.prepare import prepare_demo  # noqa: PLC0415 - loads polars

    with tempfile.TemporaryDirectory(prefix="backdrop-demo-") as temporary:
        folder, files = DataFolder(Path(temporary) / "data"), Path(temporary) / "files"
        prepare_demo(folder, files)
        _sign_up(folder)
        _run(ctx, folder, files)


def _sign_up(folder: DataFolder) -> None:
    """Sign up for the made-up school, and verify its address with the code in the outbox."""
    from backdrop_tui.mail import verification  # noqa: PLC0415 - loads the store
    from backdrop_tui.mail.outbox import outbox_text  # noqa: PLC0415
    from backdrop_tui.school import account  # noqa: PLC0415 - loads the store
    from backdrop_tui.school.school import School  # noqa: PLC0415

    with School(folder) as school:
        account.sign_up(
            school, "Willowmere School", "Robin Ashworth", "robin.ashworth@willowmere.example.org"
        )
        letter = verification.send_code(school).path
        code = re.search(r"\b\d{3} \d{3}\b", outbox_text(letter)) if letter else None
        if code is not None:
            verification.verify(school, code[0])


def _run(ctx: click.Context, folder: DataFolder, pick_from: Path | None) -> None:
    _need_a_terminal()
    if os.environ.get("TEXTUAL_COLOR_SYSTEM") == "none":
        # Textual can't start with this value; NO_COLOR is what it understands.
        del os.environ["TEXTUAL_COLOR_SYSTEM"]
        os.environ["NO_COLOR"] = "1"
    from backdrop_tui.tui.app import BackdropApp  # noqa: PLC0415 - loads the screens

    app = BackdropApp(folder, pick_from)
    try:
        app.run()
    finally:
        app.close_school()
    ctx.exit(app.return_code or 0)


def _need_a_terminal() -> None:
    """Raise an error if there is no terminal to show screens on."""
    import sys  # noqa: PLC0415

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UnusableChoiceError(
            "The app needs a terminal. In scripts, use “backdrop check” and “backdrop import” instead."
        )
