"""Reviewing the user groups: their rights in a table of ticks; adding, renaming, removing and confirming groups."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import DataTable, Static

from backdrop_tui.errors import BackdropError, UnusableChoiceError
from backdrop_tui.people.group_input import SimilarNameError
from backdrop_tui.people.group_management import add_group, change_rights, remove_group, rename_group
from backdrop_tui.people.group_summary import HEAD_ONLY_NOTE, GroupSummary, group_summaries, review_notes
from backdrop_tui.people.rights_draft import RightsDraft
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.rights.user_groups import PATTERN_GROUP
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import REVIEW_GROUPS
from backdrop_tui.steps.marks import mark_reviewed
from backdrop_tui.tui.screens.dialogs.ask_text import AskTextScreen
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.tables.rights_table import LEGEND, RightsTable
from backdrop_tui.wording import listed

_MOST_NAMES = 5
"""The number of groups that a sentence names before it counts the others."""
_ALLEGATIONS_NOTE = "Allegations: for the head alone, so nobody has that right until someone ticks it."
_ADD_NOTE = f"It starts with the rights of {PATTERN_GROUP}. You can change them here afterwards."
_RENAME_NOTE = "Its members stay in it. In files, its old name still means this group."


@dataclass(frozen=True)
class Outcome:
    """What an action on the groups did, and where the screen goes from there."""

    notice: str = ""
    """A sentence for the user; empty if the groups were only read."""
    go_to: str = ""
    """The group to put the cursor on."""
    saved: bool = False
    """Whether the unsaved ticks were saved."""
    result: bool | None = None
    """What to dismiss the screen with; None to stay."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """New names of groups by old name."""


GroupAction = Callable[[School], Outcome]
"""An action on the groups, which runs in a worker."""


class GroupsScreen(StepScreen[bool]):
    """Each group's rights. It is dismissed with whether the groups were confirmed as reviewed."""

    CSS_PATH = stylesheet("groups")
    TITLE = "Review user groups"
    HELP = (
        "Each column is a user group, and each row is something its members may do. Move with the arrow keys, and press Space to tick or untick.\n"
        f"{LEGEND}.\n"
        "Your changes don't take effect until you press Ctrl+S. "
        "Adding, renaming and removing a group takes effect straight away.\n"
        f"{HEAD_ONLY_NOTE} At least one group must keep “Manage user groups”.\n"
        "When everything is right, press c to confirm that you have reviewed the groups."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick", show=False, id="groups.tick", tooltip="Tick or untick"),
        Binding("ctrl+s", "save", "Save", id="groups.save", tooltip="Save all ticks; they take effect straight away"),
        Binding("a", "add", "Add", id="groups.add", tooltip="Add a group"),
        Binding("r", "rename", "Rename", id="groups.rename", tooltip="Rename this group"),
        Binding("x", "remove", "Remove", id="groups.remove", tooltip="Remove this group, and choose where its members go"),
        Binding("d", "different", "Differs", id="groups.different", tooltip="Go to the next tick that is not the default"),
        Binding("b", "reset", "Defaults", id="groups.reset", tooltip="Set this group, or all, back to the default rights"),
        Binding("c", "confirm", "Confirm", id="groups.confirm", tooltip="Confirm the groups as reviewed"),
    ]  # fmt: skip

    table = getters.query_one("#rights", RightsTable)
    description = getters.query_one("#description", Static)
    state = getters.query_one("#state", Static)

    @dataclass
    class Loaded(Message):
        """The groups have been read, perhaps after an action."""

        groups: tuple[GroupSummary, ...]
        """The groups as stored."""
        outcome: Outcome
        """What the action did."""

    @dataclass
    class NameRefused(Message):
        """A name can't be used for a group, or only after a question."""

        error: UnusableChoiceError
        """Why the name can't be used."""
        name: str
        """The name as it was typed."""
        old_name: str | None
        """The group that was to be renamed; None for a new one."""

    def __init__(self) -> None:
        super().__init__()
        self.rights = RightsDraft()
        """The groups, and the ticks that are not saved yet."""

    def compose(self) -> ComposeResult:
        """Lay out the table, and the description of the tick under the cursor."""
        yield Breadcrumb("Review user groups")
        with Container(classes="beside"):
            yield titled(RightsTable(self.rights, id="rights"), "Groups and their rights")
            with titled(Vertical(id="below", classes="about"), "This right"):
                yield Static(id="description")
                yield Static(id="state")
                yield Static(LEGEND, id="legend")
        yield Footer("confirm")

    def on_mount(self) -> None:
        """Read the groups."""
        self.table.focus()
        self._start(lambda _: Outcome())

    @property
    def leave_warning(self) -> str:
        """A sentence about ticks that are not saved; empty if all are."""
        if not self.rights.unsaved:
            return ""
        return f"{self.rights.unsaved_in_words} not saved yet, in {self._unsaved_groups}."

    @property
    def _unsaved_groups(self) -> str:
        """The groups with ticks that are not saved, as a list in a sentence: their columns may be out of view."""
        return listed(self.rights.changes, at_most=_MOST_NAMES)

    @property
    def unsaved_input(self) -> Mapping[str, Any] | None:
        """The ticks that are not saved."""
        return self.rights.changes or None

    def show_unsaved(self, unsaved: Mapping[str, Any]) -> bool:
        """Set ticks that were not saved again, apart from those that are stored by now."""
        self.rights.restore(unsaved)
        return self.rights.unsaved > 0

    def _start(self, action: GroupAction) -> None:
        self.holds_keys = True
        self.act(action)

    @work(thread=True, exclusive=True, group="groups", exit_on_error=False)
    def act(self, action: GroupAction, name: str | None = None, old_name: str | None = None) -> None:
        """Run an action on the groups in a worker, then read them.

        Args:
            action: What to do.
            name: A name as it was typed, which is asked for again if it is refused.
            old_name: The group that is to get that name; None for a new one.
        """
        school = self.host.school
        try:
            outcome = action(school)
            groups = group_summaries(school)
        except UnusableChoiceError as error:
            self.post_message(Failed(error) if name is None else self.NameRefused(error, name, old_name))
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Loaded(groups, outcome))

    @on(Loaded)
    def show_groups(self, event: Loaded) -> None:
        """Show the groups; unsaved ticks stay, unless their group no longer exists."""
        self.holds_keys = False
        outcome, is_first = event.outcome, not self.rights.groups
        if outcome.saved:
            self.rights.clear()
        self.rights.replace_groups(event.groups, outcome.renamed)
        if is_first:
            self.restore_unsaved()
        else:
            self.keep_unsaved()
        self.table.show_groups()
        if outcome.go_to:
            self.table.go_to(outcome.go_to)
        self._describe()
        if outcome.notice:
            self.notify(plain(outcome.notice).plain, timeout=5, markup=False)
            self.host.refresh_progress()
        if outcome.result is not None:
            self.dismiss(outcome.result)

    @on(DataTable.CellHighlighted)
    def _describe(self) -> None:
        """Describe the tick under the cursor, and say how many are not saved."""
        self.description.update(plain(self.table.description))
        unsaved = (f"{self.rights.unsaved_in_words} not saved yet: press Ctrl+S.", "bold $text-warning")
        self.state.update(Content.assemble(unsaved) if self.rights.unsaved else _ALLEGATIONS_NOTE)
        self.refresh_bindings()

    @on(DataTable.CellSelected)
    def action_tick(self) -> None:
        """Tick or untick the right under the cursor."""
        group, right = self.table.selected_group, self.table.selected_right
        if group is not None and right is not None:
            self.rights.set(group, right, has=not self.rights.has(group, right))
            self.table.redraw_tick(group, right)
            self.keep_unsaved()
            self._describe()

    def action_save(self) -> None:
        """Save every tick."""
        if self.rights.unsaved:
            self._start(self._saving())
        else:
            self.notify("There is nothing to save.", timeout=3)

    def _saving(self, result: bool | None = None) -> GroupAction:  # noqa: FBT001 - the screen's result
        """Make the action that saves the ticks as they are at this moment."""
        changes = self.rights.changes

        def save(school: School) -> Outcome:
            change_rights(school, changes)
            return Outcome("Saved. This takes effect straight away.", saved=True, result=result)

        return save

    def action_different(self) -> None:
        """Go to the next tick that is not the default."""
        if (place := self.table.next_non_default()) is not None:
            self.table.go_to(*place)
        else:
            self.notify("Every group has its default rights.", timeout=3)

    def action_reset(self) -> None:
        """Ask which groups to set back to their default rights; this is saved like any other ticks."""
        if (selected := self.table.selected_group) is None:
            return

        def reset(choice: int | None) -> None:
            if choice is not None:
                for group in self.rights.groups if choice else [selected]:
                    self.rights.reset(group)
                self.keep_unsaved()
                self.table.show_groups()
                self._describe()

        note = "The ticks are set back to the defaults. They take effect when you save them."
        self.app.push_screen(
            ChooseScreen("Back to the defaults", (selected.name, "All groups"), note=note), reset
        )

    def action_back(self) -> None:
        """Go one step back; if there are unsaved ticks, ask what to do with them."""
        if not self.rights.unsaved:
            self.dismiss(False)
            return

        def leave(choice: int | None) -> None:
            if choice == 0:
                self._start(self._saving(result=False))
            elif choice is not None:
                self.dismiss(False)

        choices = ("Save and leave", "Leave without saving")
        self.app.push_screen(ChooseScreen("Save before you leave?", choices, note=self.leave_warning), leave)

    def action_add(self) -> None:
        """Ask for the name of a new group."""
        self._ask_name(None)

    def action_rename(self) -> None:
        """Ask for a new name for this group."""
        if (group := self.table.selected_group) is not None:
            self._ask_name(group.name, group.name)

    def _ask_name(self, old_name: str | None, text: str = "", error: str = "") -> None:
        """Ask for the name of a new group, or for a new name; `error` says why the text can't be used."""

        def use(name: str | None) -> None:
            if name is not None:
                self._use_name(old_name, name)

        if old_name is None:
            dialog = AskTextScreen("Add a group", _ADD_NOTE, "Add", text, error, carries_on=bool(error))
        else:
            dialog = AskTextScreen(
                f"Rename {old_name}", _RENAME_NOTE, "Rename", text, error, carries_on=bool(error)
            )
        self.app.push_screen(dialog, use)

    def _use_name(self, old_name: str | None, name: str, *, anyway: bool = False) -> None:
        """Add a group with a name, or rename one; `anyway` even if the name is similar to another."""

        def add_or_rename(school: School) -> Outcome:
            if old_name is None:
                added = add_group(school, name, anyway=anyway)
                return Outcome(f"{added} has been added.", go_to=added)
            new_name, _ = rename_group(school, old_name, name, anyway=anyway)
            return Outcome(
                f"{old_name} is now called {new_name}.", go_to=new_name, renamed={old_name: new_name}
            )

        self.holds_keys = True
        self.act(add_or_rename, name, old_name)

    @on(NameRefused)
    def ask_again(self, event: NameRefused) -> None:
        """Ask for another name; or, if the name is only similar to another group's, whether it is a group of its own."""
        self.holds_keys = False
        if not isinstance(event.error, SimilarNameError):
            self._ask_name(event.old_name, event.name.strip(), event.error.message)
            return
        ask(
            self.app,
            ConfirmScreen(
                event.error.title,
                f"{event.error.message} Should it be a separate group?",
                "A separate group",
                "Another name",
            ),
            yes=partial(self._use_name, event.old_name, event.name, anyway=True),
            no=partial(self._ask_name, event.old_name, event.name),
        )

    def action_remove(self) -> None:
        """Remove this group; ask first, and if it has members, ask where they go."""
        if (group := self.table.selected_group) is None:
            return
        if not group.members:
            question = f"Nobody is in {group.name}. It will be removed with its rights."
            dialog = ConfirmScreen("Remove this group?", question, "Remove", "Keep")
            ask(self.app, dialog, yes=partial(self._remove, group.name, None))
            return
        others = [other.name for other in self.rights.groups if other.name != group.name]

        def remove(choice: int | None) -> None:
            if choice is not None:
                self._remove(group.name, others[choice])

        verb = "is" if group.members == 1 else "are"
        note = f"{KINDS['staff'].counted(group.members).capitalize()} {verb} in it. They move to the group that you choose, and get its rights."
        start = others.index(PATTERN_GROUP) if PATTERN_GROUP in others else 0
        self.app.push_screen(
            ChooseScreen(f"Remove {group.name}: where do its members go?", others, start, note), remove
        )

    def _remove(self, name: str, move_to: str | None) -> None:
        def remove(school: School) -> Outcome:
            removed, moved = remove_group(school, name, move_to)
            return Outcome(
                f"{removed} has been removed." + (f" {moved:,} moved to {move_to}." if moved else "")
            )

        self._start(remove)

    def action_confirm(self) -> None:
        """Confirm the groups as reviewed; ask first if there is something to check."""
        lines = list(review_notes(self.rights.groups_after_saving))
        if self.rights.unsaved:
            lines.append(
                f"The ticks that are not saved yet, in {self._unsaved_groups}, will be saved as well."
            )
        if lines:
            dialog = ConfirmScreen("Confirm as reviewed?", "\n".join(lines), "Confirm", "Look again")
            ask(self.app, dialog, yes=self._confirm)
        else:
            self._confirm()

    def _confirm(self) -> None:
        save = self._saving() if self.rights.unsaved else None

        def confirm(school: School) -> Outcome:
            if save is not None:
                save(school)
            mark_reviewed(school, REVIEW_GROUPS)
            return Outcome("The user groups are confirmed as reviewed.", saved=True, result=True)

        self._start(confirm)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey the keys that can't be used now."""
        if not self.is_mounted or not self.rights.groups:
            return True if action not in {"save", "rename", "remove", "reset", "confirm"} else None
        possible = {
            "save": self.rights.unsaved > 0,
            **dict.fromkeys(("rename", "remove", "reset"), self.table.selected_group is not None),
        }
        return True if possible.get(action, True) else None
