"""`backdrop` without a command, and `backdrop demo`: the app."""

import os
import re
import tempfile
from pathlib import Path

import click

from backdrop_tui.cli.options import data_folder, data_option
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.store.folder import DataFolder


def open_app(ctx: click.Context) -> None:
    """Open the app on the data folder that was chosen, and leave with its exit status."""
    _run(ctx, data_folder(ctx), None)


@click.command("demo")
@data_option
@click.pass_context
def demo_command(ctx: click.Context) -> None:
    """Open the app on a made-up school, in a throw-away folder.

    A CSV of students and one of staff, both with mistakes in them, are ready to pick. Nothing of it is kept.
    """
    _need_a_terminal()
    from backdrop_tui.demo.prepare import prepare_demo  # noqa: PLC0415 - loads polars

    with tempfile.TemporaryDirectory(prefix="backdrop-demo-") as throw_away:
        folder, files = DataFolder(Path(throw_away) / "data"), Path(throw_away) / "files"
        prepare_demo(folder, files)
        _sign_up(folder)
        _run(ctx, folder, files)


def _sign_up(folder: DataFolder) -> None:
    """Sign up as the made-up school does, and verify the address with the code in its outbox."""
    from backdrop_tui.mail import verification  # noqa: PLC0415 - loads the store
    from backdrop_tui.mail.mailer import shown  # noqa: PLC0415
    from backdrop_tui.school import account  # noqa: PLC0415 - loads the store
    from backdrop_tui.school.school import School  # noqa: PLC0415

    with School(folder) as school:
        account.sign_up(
            school, "Willowmere School", "Robin Ashworth", "robin.ashworth@willowmere.example.org"
        )
        letter = verification.send_code(school).path
        code = re.search(r"\b\d{3} \d{3}\b", shown(letter)) if letter else None
        if code is not None:
            verification.verify(school, code[0])


def _run(ctx: click.Context, folder: DataFolder, pick_from: Path | None) -> None:
    _need_a_terminal()
    if os.environ.get("TEXTUAL_COLOR_SYSTEM") == "none":
        # Textual can't start with that; NO_COLOR is the way it does without colours.
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
    """Refuse to draw screens where nobody can see them."""
    import sys  # noqa: PLC0415

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UnusableChoiceError(
            "The app needs a terminal. In scripts, use backdrop check and backdrop import."
        )
