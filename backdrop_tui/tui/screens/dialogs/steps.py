"""Going to a step of the set-up."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from backdrop_tui.steps.locks import LockedError
from backdrop_tui.steps.progress import SetUpProgress
from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.setup_menu import step_line

ACTION_PLAN = "plan"
"""What stands for the Action Plan among the steps."""
ADMINISTRATION = "administration"
"""What stands for Administration among the steps."""
START = "start"
"""What stands for the first screen among the steps."""
_WIDTH = 46


class StepsScreen(DialogScreen[str]):
    """The steps with their states; one that is open can be gone to."""

    def __init__(self, set_up: SetUpProgress) -> None:
        super().__init__()
        self._set_up = set_up

    def compose(self) -> ComposeResult:
        """The start, the steps, the Action Plan, and Administration."""
        with Vertical(classes="window") as window:
            window.border_title = "Set-up progress"
            window.border_subtitle = "Enter goes there, Esc stays here"
            yield OptionList(
                Option("  Getting started", id=START),
                *(Option(step_line(now, now.state, _WIDTH), id=now.step.key) for now in self._set_up.steps),
                Option("  Action Plan", id=ACTION_PLAN),
                Option("  Administration", id=ADMINISTRATION),
                compact=True,
            )

    def on_mount(self) -> None:
        """Start on what is next."""
        options = self.query_one(OptionList)
        following = self._set_up.next_step
        options.highlighted = options.get_option_index(following.key if following else ACTION_PLAN)
        options.focus()

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Leave with the step, if it is open."""
        now = self._set_up.status_of(event.option.id or "")
        if now is not None and not now.is_open:
            error = LockedError(now.step.title, now.blockers)
            self.notify(plain(error.message).plain, title=error.title, severity="warning", markup=False)
        else:
            self.dismiss(event.option.id)
