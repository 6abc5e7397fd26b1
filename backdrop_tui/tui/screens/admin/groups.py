"""Reviewing the user groups: adding, renaming, removing and confirming them; their rights are in `rights`."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from backdrop_tui.people.group_input import SimilarNameError
from backdrop_tui.people.group_management import add_group, remove_group, rename_group
from backdrop_tui.people.group_summary import HEAD_ONLY_NOTE, review_notes
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.rights.user_groups import PATTERN_GROUP
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import REVIEW_GROUPS
from backdrop_tui.steps.marks import mark_reviewed
from backdrop_tui.tui.screens.admin.group_name import GroupNameScreen
from backdrop_tui.tui.screens.admin.rights import RightsScreen
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.widgets.rights_table import LEGEND

_ADD = f"It starts with the rights of {PATTERN_GROUP}. Give it others here afterwards."
_RENAME = "Everybody in it moves along. In files its old name still leads to it."


class GroupsScreen(RightsScreen):
    """Each group's rights. It is left with whether they were confirmed as reviewed."""

    TITLE = "Review user groups"
    HELP = (
        "Each column is a user group, each row something that its members may do. Arrow keys move, Space ticks or unticks.\n"
        f"{LEGEND}.\n"
        "Nothing of that counts before Ctrl+S saves it. Then it takes effect at once. "
        "Adding, renaming and removing a group takes effect at once too.\n"
        f"{HEAD_ONLY_NOTE} At least one group keeps “Manage user groups”.\n"
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

        def work(school: School) -> RightsScreen.Found:
            if of is None:
                added = add_group(school, name, anyway=anyway)
                return self.Found((), f"{added} is added.", added)
            called, _ = rename_group(school, of, name, anyway=anyway)
            return self.Found((), f"{of} is called {called} now.", called, renamed={of: called})

        self.do_with_groups(work, name, of)

    @on(RightsScreen.Refused)
    def ask_again(self, event: RightsScreen.Refused) -> None:
        """Ask for another name; where it only resembles another one's, whether it is meant."""
        self.holds_keys = False
        if not isinstance(event.error, SimilarNameError):
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
            self.do_with_groups(lambda school: self._removed(school, now.name, to))

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

    def _removed(self, school: School, name: str, to: str | None) -> RightsScreen.Found:
        """Remove a group; run away from the screen."""
        removed, moved = remove_group(school, name, to)
        return self.Found((), f"{removed} is removed." + (f" {moved:,} moved to {to}." if moved else ""))

    def action_confirm(self) -> None:
        """Confirm the groups as reviewed; first ask, where there is something to look at."""
        lines = list(review_notes(self.ticks.groups_after_saving))
        if self.ticks.unsaved:
            lines.append(
                f"The ticks that are not saved yet, in {self.unsaved_groups}, will be saved as well."
            )
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
        save = self.saving() if self.ticks.unsaved else None

        def confirm(school: School) -> RightsScreen.Found:
            if save is not None:
                save(school)
            mark_reviewed(school, REVIEW_GROUPS)
            return self.Found((), "The user groups are confirmed as reviewed.", saved=True, leave=True)

        self.do_with_groups(confirm)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey what can't be done now."""
        if not self.is_mounted or not self.ticks.groups:
            return True if action not in {"save", "rename", "remove", "reset", "confirm"} else None
        possible = {
            "save": self.ticks.unsaved > 0,
            **dict.fromkeys(("rename", "remove", "reset"), self.table.group_here is not None),
        }
        return True if possible.get(action, True) else None
