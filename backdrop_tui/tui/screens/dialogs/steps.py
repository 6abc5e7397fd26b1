"""Choosing a step of set-up to go to."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from backdrop_tui.steps.locks import LockedError
from backdrop_tui.steps.progress import SetUpProgress
from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.lists.options import Options
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.progress_menu import step_line

START = "start"
"""Stands for the first screen among the keys of the steps."""
ACTION_PLAN = "plan"
"""Stands for the Action Plan among the keys of the steps."""
ADMINISTRATION = "administration"
"""Stands for Administration among the keys of the steps."""
_STEP_WIDTH = 46


class StepsScreen(DialogScreen[str]):
    """A list of the steps with their states; closes with the key of the one to go to."""

    def __init__(self, progress: SetUpProgress) -> None:
        super().__init__()
        self._progress = progress

    def compose(self) -> ComposeResult:
        """Lay out the start, the steps, the Action Plan and Administration."""
        with Vertical(classes="window") as window:
            window.border_title = "Set-up progress"
            window.border_subtitle = "Enter to go there, Esc to stay here"
            yield Options(
                Option("  Getting started", id=START),
                *(
                    Option(step_line(status, _STEP_WIDTH), id=status.step.key)
                    for status in self._progress.steps
                ),
                Option("  Action Plan", id=ACTION_PLAN),
                Option("  Administration", id=ADMINISTRATION),
                compact=True,
            )

    def on_mount(self) -> None:
        """Start on the step that is best done next."""
        options = self.query_one(OptionList)
        next_step = self._progress.next_step
        options.highlighted = options.get_option_index(next_step.key if next_step else ACTION_PLAN)
        options.focus()

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Close with the chosen step, if it is open."""
        status = self._progress.status_of(event.option.id or "")
        if status is not None and not status.is_open:
            error = LockedError(status.step.title, status.blockers)
            self.notify(plain(error.message).plain, title=error.title, severity="warning", markup=False)
        else:
            self.dismiss(event.option.id)
