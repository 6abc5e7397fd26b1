"""What a step of set-up is."""

from dataclasses import dataclass
from typing import Literal

StepState = Literal["done", "to-do", "skipped", "locked", "running"]
"""The state of a step, as `backdrop status --format json` gives it."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of set-up, with everything that the program needs to know about it.

    `screen`, `command`, `plain` and the functions name something elsewhere in the program as `module:attribute`. It is imported when
    it is needed, so that listing the steps loads neither the screens nor polars.
    """

    key: str
    """The step's name in the store and in JSON."""
    title: str
    """The step's name on screen."""
    hint: str
    """What to do in this step, in a short sentence for the Action Plan."""
    screen: str
    """The class of the step's first screen, which can be opened without arguments unless the step has a `kind`."""
    command: str
    """The step's click command."""
    usage: str
    """How the command is typed after `backdrop`, starting with its name: `verify CODE`."""
    plain: str = ""
    """The function that does the step in `backdrop --plain`, given its session; if blank, that names the command instead. Not
    needed if the step has a `kind`."""
    blocked_by: tuple["Step", ...] = ()
    """The steps that have to be done before this one is unlocked."""
    done_when: str = ""
    """A function that takes the `School` and tells whether the step is done. If blank, a mark in the store decides."""
    remark_when_done: str = ""
    """A function that takes the `School` and returns what is open all the same once the step is done, or an empty text."""
    kind: Literal["students", "staff"] | None = None
    """The people that are added in this step, if that is what it's for; it is running while they are being imported."""

    @property
    def command_name(self) -> str:
        """The name of the step's command: `verify`."""
        return self.usage.split()[0]
