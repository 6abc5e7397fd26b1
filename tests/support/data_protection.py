"""A step of set-up as somebody would add it: what it stores, its screen, its command, and its declaration."""

import click
from textual.app import ComposeResult
from textual.widgets import Static

from backdrop_tui.cli.options import data_folder, data_option
from backdrop_tui.cli.output import say
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import SIGN_UP
from backdrop_tui.steps.locks import require_unlocked
from backdrop_tui.steps.step import Step
from backdrop_tui.tui.shell.base_screens import StepScreen
from backdrop_tui.tui.widgets.footer import Footer


def is_confirmed(school: School) -> bool:
    """Whether the notice has been confirmed."""
    return school.store.table("data_protection").get("notice") is not None


def check_that_fails(school: School) -> bool:
    """A check with a fault in it."""
    return bool(school.store.table("data_protection").all()[0]["missing"])


class DataProtectionScreen(StepScreen[None]):
    """The notice."""

    TITLE = "Data protection"

    def compose(self) -> ComposeResult:
        """Lay out the notice."""
        yield Static("Read this notice.")
        yield Footer()


@click.command("data-protection")
@click.option("--confirm", is_flag=True, help="Confirm the notice.")
@data_option
@click.pass_context
def data_protection_command(ctx: click.Context, /, *, confirm: bool) -> None:
    """Show the data protection notice, or confirm it."""
    with School(data_folder(ctx)) as school:
        require_unlocked(school, DATA_PROTECTION)
        if confirm:
            school.store.table("data_protection").put("notice", {"state": "confirmed"})
            say("The notice is confirmed.")


DATA_PROTECTION = Step(
    key="data-protection",
    title="Data protection",
    hint="Read the notice, then confirm.",
    screen="tests.support.data_protection:DataProtectionScreen",
    command="tests.support.data_protection:data_protection_command",
    usage="data-protection --confirm",
    blocked_by=(SIGN_UP,),
    done_when="tests.support.data_protection:is_confirmed",
)
