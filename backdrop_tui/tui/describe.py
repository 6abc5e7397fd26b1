"""Documentation of the keys: `python -m backdrop_tui.tui.describe > docs/keys.md`."""

import sys
from collections.abc import Iterator, Mapping
from itertools import groupby

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import format_key

from backdrop_tui.tui.app import BackdropApp
from backdrop_tui.tui.screens.account.sign_up import SignUpScreen
from backdrop_tui.tui.screens.account.verify_email import VerifyEmailScreen
from backdrop_tui.tui.screens.admin.administration import AdministrationScreen
from backdrop_tui.tui.screens.admin.care.check_data import CheckDataScreen
from backdrop_tui.tui.screens.admin.care.retention import RetentionScreen
from backdrop_tui.tui.screens.admin.groups import GroupsScreen
from backdrop_tui.tui.screens.admin.leavers import LeaversScreen
from backdrop_tui.tui.screens.admin.people import PeopleScreen
from backdrop_tui.tui.screens.admin.person import PersonScreen
from backdrop_tui.tui.screens.admin.settings import SettingsScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.dialogs.help import HelpScreen
from backdrop_tui.tui.screens.dialogs.palette import PaletteScreen
from backdrop_tui.tui.screens.dialogs.show_text import ShowTextScreen
from backdrop_tui.tui.screens.invitations.invite import InviteScreen
from backdrop_tui.tui.screens.shared.imports_screen import ImportsScreen
from backdrop_tui.tui.screens.shared.person_form import PersonForm
from backdrop_tui.tui.screens.turn.turn import TurnScreen
from backdrop_tui.tui.screens.wizard.action_plan import ActionPlanScreen
from backdrop_tui.tui.screens.wizard.by_hand import ByHandScreen
from backdrop_tui.tui.screens.wizard.file_list import PlainNavigation
from backdrop_tui.tui.screens.wizard.load import LoadScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.replace import WholeCells
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.put_right.values import ValuesScreen
from backdrop_tui.tui.screens.wizard.put_right.who_is_who import WhoIsWhoScreen
from backdrop_tui.tui.screens.wizard.report import ReportScreen
from backdrop_tui.tui.screens.wizard.summary import SummaryScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from backdrop_tui.tui.shell.base_screens import DialogScreen, StepScreen
from backdrop_tui.tui.widgets.cell_editor import CellEditor
from backdrop_tui.tui.widgets.find_line import FindLine
from backdrop_tui.tui.widgets.line_editor import LineEditor
from backdrop_tui.tui.widgets.tables.window_table import WindowTable

_HEAD = """# Keys

The program writes this page from its own declarations. On every screen, F1 lists the keys that work there, and Ctrl+P finds them by what they
do. The arrow keys, Page Up, Page Down, Home and End move around, and Tab goes to the next part of a screen. Capitals matter: `A` is Shift
and `a`. While you type into a line, letters are text and not keys; Enter or Esc ends that.
"""
EVERYWHERE: tuple[type[DOMNode], ...] = (BackdropApp, StepScreen)
"""The classes whose keys work on every screen."""
SECTIONS: Mapping[str, tuple[type[DOMNode], ...]] = {
    "Getting started": (WelcomeScreen,),
    "Sign up": (SignUpScreen,),
    "Verify your e-mail": (VerifyEmailScreen,),
    "Pick a file": (PickFileScreen, PlainNavigation, LoadScreen),
    "Match columns": (MatchScreen,),
    "Put right": (PutRightScreen,),
    "Values at a glance": (ValuesScreen,),
    "Who is who": (WhoIsWhoScreen,),
    "Check": (PreviewScreen,),
    "Complete": (SummaryScreen,),
    "New school year": (TurnScreen,),
    "Add by hand": (ByHandScreen,),
    "Action Plan and import history": (ActionPlanScreen, ImportsScreen),
    "Page for the head": (ReportScreen,),
    "Administration": (AdministrationScreen,),
    "Students and staff": (PeopleScreen,),
    "Add someone": (PersonScreen,),
    "Leavers and former staff": (LeaversScreen,),
    "Review user groups": (GroupsScreen,),
    "Review system settings": (SettingsScreen,),
    "Invite staff": (InviteScreen,),
    "Check the data": (CheckDataScreen,),
    "Retention": (RetentionScreen,),
    "In a table": (WindowTable,),
    "In a form or a line that you type into": (PersonForm, CellEditor, LineEditor, FindLine, WholeCells),
    "In a window": (DialogScreen, ConfirmScreen, ShowTextScreen, HelpScreen, PaletteScreen),
}
"""The classes whose keys are listed under each heading, in the order in which a user meets them."""
_NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "delete": "Delete",
    "backspace": "Backspace",
    "pagedown": "Page Down",
    "pageup": "Page Up",
}
"""Names of keys that Textual shows as signs or shortened."""


def page() -> str:
    """The whole page, as Markdown."""
    everywhere = list(_keys(EVERYWHERE))
    sections = [_section("On every screen", everywhere)]
    for heading, classes in SECTIONS.items():
        sections.append(_section(heading, [line for line in _keys(classes) if line not in everywhere]))
    return "\n".join([_HEAD, *sections])


def _section(heading: str, lines: list[str]) -> str:
    return "\n".join([f"## {heading}\n", "| key | does |", "|---|---|", *dict.fromkeys(lines), ""])


def _keys(classes: tuple[type[DOMNode], ...]) -> Iterator[str]:
    """Lines of a table: the keys that classes and their bases declare, and what each does."""
    for listed in classes:
        bindings = [
            binding
            for base in listed.__mro__
            if base.__module__.startswith("backdrop_tui.")
            and (listed in EVERYWHERE or base not in EVERYWHERE)
            for binding in Binding.make_bindings(base.__dict__.get("BINDINGS", ()))
        ]
        for (_, tooltip), same in groupby(bindings, key=lambda binding: (binding.action, binding.tooltip)):
            names = ", ".join(f"`{name}`" for name in dict.fromkeys(map(_name, same)))
            yield f"| {names} | {tooltip} |"


def _name(binding: Binding) -> str:
    """A key as it is written on keyboards: `Ctrl+P`, `Page Down`, `/`."""
    if binding.key_display:
        return binding.key_display
    *modifiers, key = binding.key.split("+")
    name = _NAMES.get(key) or format_key(key)
    name = name if len(name) == 1 and not modifiers else name[0].upper() + name[1:]
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name])


if __name__ == "__main__":
    sys.stdout.write(page())
