"""Reviewing the user groups: a table of ticks, saved as a whole."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import DataTable, Footer, Static

from backdrop_tui.errors import BackdropError, UnusableChoiceError
from backdrop_tui.records.groups import PATTERN_GROUP, RIGHTS
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.screens.choose import ChooseScreen
from backdrop_tui.screens.confirm import ConfirmScreen
from backdrop_tui.screens.group_name import GroupNameScreen
from backdrop_tui.setup.groups import (
    ABOUT_THE_HEAD,
    GroupNow,
    add_group,
    change_rights,
    groups_now,
    remove_group,
    rename_group,
    to_look_at,
)
from backdrop_tui.setup.progress import mark_reviewed
from backdrop_tui.setup.school import School
from backdrop_tui.setup.ticked_rights import TickedRights
from backdrop_tui.setup.typed_groups import LikeAnotherError
from backdrop_tui.widgets.plain import plain, printable
from backdrop_tui.widgets.rights_table import LEGEND, RightsTable
from backdrop_tui.widgets.step import Failed, StepScreen
from backdrop_tui.widgets.style import sheet
from backdrop_tui.widgets.trail import Trail

if TYPE_CHECKING:
    from collections.abc import Callable

    from backdrop_tui.app import BackdropApp

_TITLES = {right.key: right.title for right in RIGHTS}
_ABOUT_THE_HEAD = "Allegations: for the head alone, so nobody has that until somebody ticks it."
_ADD = f"It starts with the rights of {PATTERN_GROUP}. Give it others here afterwards."
_RENAME = "Everybody in it moves along. In files its old name still leads to it."


class GroupsScreen(StepScreen[bool]):
    """Each group's rights. It is left with whether they were confirmed as reviewed."""

    CSS_PATH = sheet("groups")
    STEP = "groups"
    TITLE = "Review user groups"
    HELP = (
        "Each column is a user group, each row something that its members may do. Arrow keys move, Space ticks or unticks.\n"
        f"{LEGEND}.\n"
        "Nothing of that counts before Ctrl+S saves it. Then it takes effect at once. "
        "Adding, renaming and removing a group takes effect at once too.\n"
        f"{ABOUT_THE_HEAD} At least one group keeps “Manage user groups”.\n"
        "When all is as it should be, c confirms the groups as reviewed."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick", show=False, id="groups.tick", tooltip="Tick or untick"),
        Binding("ctrl+s", "save", "Save", id="groups.save", tooltip="Save all ticks, with effect at once"),
        Binding("a", "add", "Add", id="groups.add", tooltip="Add a group"),
        Binding("r", "rename", "Rename", id="groups.rename", tooltip="Call this group otherwise"),
        Binding("x", "remove", "Remove", id="groups.remove", tooltip="Remove this group, and say where its people go"),
        Binding("d", "different", "Differs", id="groups.different", tooltip="Go to the next tick that is not as by default"),
        Binding("b", "reset", "Defaults", id="groups.reset", tooltip="Set this group, or all, back to the default rights"),
        Binding("c", "confirm", "Confirm", id="groups.confirm", tooltip="Confirm the groups as reviewed"),
    ]  # fmt: skip

    app: "BackdropApp"
    table = getters.query_one("#rights", RightsTable)
    here = getters.query_one("#here", Static)
    state = getters.query_one("#state", Static)

    @dataclass
    class Found(Message):
        """The groups have been looked up, perhaps after they were changed."""

        groups: tuple[GroupNow, ...]
        """They."""
        said: str = ""
        """What was done; empty where they were only looked up."""
        go_to: str = ""
        """The group to put the cursor on."""
        saved: bool = False
        """Whether saving the ticks is among what was done."""
        leave: bool | None = None
        """What to leave the screen with; None to stay."""
        renamed: dict[str, str] = field(default_factory=dict)
        """Groups that are called otherwise now."""

    @dataclass
    class Refused(Message):
        """A name can't be used, or not without a question."""

        error: UnusableChoiceError
        """Why."""
        name: str
        """The name as it was typed."""
        of: str | None
        """The group that was to be renamed; None for a new one."""

    def __init__(self) -> None:
        super().__init__()
        self.ticks = TickedRights()
        """The groups, and what of them is not saved yet."""

    def compose(self) -> ComposeResult:
        """The table, and what the cursor is on."""
        yield Trail("Review user groups")
        yield RightsTable(self.ticks, id="rights")
        yield Static(id="here")
        yield Static(id="state")
        yield Static(LEGEND, id="legend")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Look the groups up."""
        self.table.focus()
        self._do(lambda _: self.Found(()))

    @property
    def why_stay(self) -> str:
        """Ticks that are not saved yet."""
        return f"{self.ticks.in_words} not saved yet." if self.ticks.unsaved else ""

    def _do(
        self, what: "Callable[[School], GroupsScreen.Found]", name: str = "", of: str | None = None
    ) -> None:
        """Do something with the groups away from the screen, while keys wait.

        Args:
            what: Does it; the groups of what it returns are looked up afterwards.
            name: A name as it was typed, to be asked for again where it can't be used.
            of: The group that was to get it.
        """
        self.keys_wait = True
        self.work_on(what, name, of)

    @work(thread=True, exclusive=True, group="groups", exit_on_error=False)
    def work_on(self, what: "Callable[[School], GroupsScreen.Found]", name: str, of: str | None) -> None:
        """Do something with the groups, then look them up."""
        school = self.app.school
        try:
            found = what(school)
            found.groups = groups_now(school)
        except UnusableChoiceError as error:
            self.post_message(self.Refused(error, name, of) if name else Failed(error))
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(found)

    @on(Found)
    def show(self, event: Found) -> None:
        """Show the groups; what is not saved yet stays so, unless its group is gone."""
        self.keys_wait = False
        if event.saved:
            self.ticks.are_saved()
        self.ticks.follow(event.groups, event.renamed)
        self.table.show()
        if event.go_to:
            self.table.go_to(event.go_to)
        self._say_here()
        if event.said:
            self.notify(plain(event.said).plain, timeout=5, markup=False)
            self.app.look_how_far()
        if event.leave is not None:
            self.dismiss(event.leave)

    @on(DataTable.CellHighlighted)
    def _say_here(self) -> None:
        """Say what the cursor is on, and what is not saved."""
        now, right = self.table.group_here, self.table.right_here
        self.here.update(plain(self._said_of(now, right)) if now is not None else "")
        unsaved = (f"{self.ticks.in_words} not saved yet: Ctrl+S saves.", "bold $text-warning")
        self.state.update(Content.assemble(unsaved) if self.ticks.unsaved else _ABOUT_THE_HEAD)
        self.refresh_bindings()

    def _said_of(self, now: GroupNow, right: str | None) -> str:
        people = f"{printable(now.name)} ({now.members:,} member{'' if now.members == 1 else 's'})"
        if right is None:
            return f"{people}."
        words = {True: "yes", False: "no"}
        has, default = self.ticks.has(now, right), right in now.group.defaults
        changed = ", not saved yet" if self.ticks.is_unsaved(now, right) else ""
        return f"{people}. {_TITLES[right]}: {words[has]}{changed}. By default: {words[default]}."

    @on(DataTable.CellSelected)
    def action_tick(self) -> None:
        """Tick or untick."""
        now, right = self.table.group_here, self.table.right_here
        if now is not None and right is not None:
            self.ticks.want(now, right, has=not self.ticks.has(now, right))
            self.table.renew(now, right)
            self._say_here()

    def action_save(self) -> None:
        """Save every tick."""
        if not self.ticks.unsaved:
            self.notify("There is nothing to save.", timeout=3)
            return
        self._do(self._saving())

    def _saving(self, leave: bool | None = None) -> "Callable[[School], GroupsScreen.Found]":  # noqa: FBT001 - as the screen is left
        """What saves the ticks as they are now."""
        changes = self.ticks.changes

        def save(school: School) -> GroupsScreen.Found:
            change_rights(school, changes)
            return self.Found((), "Saved. It takes effect at once.", saved=True, leave=leave)

        return save

    def action_different(self) -> None:
        """Go to the next tick that is not as by default."""
        if found := self.table.next_different():
            self.table.go_to(*found)
        else:
            self.notify("Every group has its default rights.", timeout=3)

    def action_reset(self) -> None:
        """Ask which groups get their default ticks again; they are saved like any others."""
        now = self.table.group_here
        if now is None:
            return

        def chosen(place: int | None) -> None:
            if place is not None:
                for group in self.ticks.groups if place else [now]:
                    self.ticks.set_back(group)
                self.table.show()
                self._say_here()

        note = "They are set as by default, and count once they are saved."
        self.app.push_screen(
            ChooseScreen("Back to the defaults", (now.name, "All groups"), note=note), chosen
        )

    def action_add(self) -> None:
        """Ask for the name of a new group."""
        self._ask_name(None)

    def action_rename(self) -> None:
        """Ask for another name of this group."""
        if now := self.table.group_here:
            self._ask_name(now.name, now.name)

    def _ask_name(self, of: str | None, text: str = "", wrong: str = "") -> None:
        def typed(name: str | None) -> None:
            if name is not None:
                self._give_name(of, name)

        title = "Add a group" if of is None else f"Rename {of}"
        note, button = (_ADD, "Add") if of is None else (_RENAME, "Rename")
        self.app.push_screen(GroupNameScreen(title, note, button, text, wrong), typed)

    def _give_name(self, of: str | None, name: str, *, anyway: bool = False) -> None:
        """Add a group, or rename one."""

        def work(school: School) -> GroupsScreen.Found:
            if of is None:
                added = add_group(school, name, anyway=anyway)
                return self.Found((), f"{added} is added.", added)
            called, _ = rename_group(school, of, name, anyway=anyway)
            return self.Found((), f"{of} is called {called} now.", called, renamed={of: called})

        self._do(work, name or " ", of)

    @on(Refused)
    def ask_again(self, event: Refused) -> None:
        """Ask for another name; where it only resembles another one's, whether it is meant."""
        self.keys_wait = False
        if not isinstance(event.error, LikeAnotherError):
            self._ask_name(event.of, event.name.strip(), event.error.message)
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if yes:
                self._give_name(event.of, event.name, anyway=True)
            elif yes is not None:
                self._ask_name(event.of, event.name)

        question = f"{event.error.message} Is it meant as a group of its own?"
        self.app.push_screen(
            ConfirmScreen(event.error.title, question, "A group of its own", "Another name"), answered
        )

    def action_remove(self) -> None:
        """Ask, then remove this group; ask where its people go."""
        now = self.table.group_here
        if now is None:
            return
        others = [other.name for other in self.ticks.groups if other.name != now.name]

        def moved(place: int | None) -> None:
            if place is not None:
                remove(others[place])

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if yes:
                remove(None)

        def remove(to: str | None) -> None:
            self._do(lambda school: self._removed(school, now.name, to))

        if not now.members:
            question = f"Nobody is in {now.name}. It is removed with its rights."
            self.app.push_screen(ConfirmScreen("Remove this group?", question, "Remove", "Keep"), answered)
            return
        are = "is" if now.members == 1 else "are"
        note = f"{KINDS['staff'].counted(now.members).capitalize()} {are} in it. They move to the group that you choose, and get its rights."
        start = others.index(PATTERN_GROUP) if PATTERN_GROUP in others else 0
        self.app.push_screen(
            ChooseScreen(f"Remove {now.name}: where do its people go?", others, start, note), moved
        )

    def _removed(self, school: School, name: str, to: str | None) -> Found:
        """Remove a group; run away from the screen."""
        removed, moved = remove_group(school, name, to)
        return self.Found((), f"{removed} is removed." + (f" {moved:,} moved to {to}." if moved else ""))

    def action_confirm(self) -> None:
        """Confirm the groups as reviewed; first ask, where there is something to look at."""
        lines = list(to_look_at(self.ticks.groups_then))
        if self.ticks.unsaved:
            lines.append("What you have ticked is saved with it.")
        if not lines:
            self._confirm()
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if yes:
                self._confirm()

        self.app.push_screen(
            ConfirmScreen("Confirm as reviewed?", "\n".join(lines), "Confirm", "Look again"), answered
        )

    def _confirm(self) -> None:
        save = self._saving() if self.ticks.unsaved else None

        def confirm(school: School) -> GroupsScreen.Found:
            if save is not None:
                save(school)
            mark_reviewed(school, "groups")
            return self.Found((), "The user groups are confirmed as reviewed.", saved=True, leave=True)

        self._do(confirm)

    def action_back(self) -> None:
        """Go one step back; what is not saved is asked about."""
        if not self.ticks.unsaved:
            self.dismiss(False)
            return

        def chosen(place: int | None) -> None:
            if place == 0:
                self._do(self._saving(leave=False))
            elif place is not None:
                self.dismiss(False)

        choices = ("Save and leave", "Leave without saving")
        self.app.push_screen(ChooseScreen("Save before you leave?", choices, note=self.why_stay), chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey what can't be done now."""
        if not self.is_mounted or not self.ticks.groups:
            return True if action not in {"save", "rename", "remove", "reset", "confirm"} else None
        possible = {
            "save": self.ticks.unsaved > 0,
            **dict.fromkeys(("rename", "remove", "reset"), self.table.group_here is not None),
        }
        return True if possible.get(action, True) else None
