"""The keys of the list of people, and the help for them."""

from textual.binding import Binding, BindingType

HELP = (
    "Everyone who is stored. / searches in all columns; s sorts by the column that you are in, and s again reverses the order.\n"
    "Enter edits the cell that you are on. It is checked by the same rules as an import, and stored straight away.\n"
    "Space marks people: g, x and d then apply to everyone who is marked and in the list.\n"
    "x marks people as having left. They stay stored, and are listed in Administration as leavers.\n"
    "i shows everything that is held about a person; Ctrl+E erases it everywhere, for good, after explaining what that means.\n"
    "u undoes the last change, until you close the app."
)
BINDINGS: list[BindingType] = [
    Binding("escape", "back", "Back", show=False, id="people.back", tooltip="End the search, then one step back"),
    Binding("e", "edit", "Edit", id="people.edit", key_display="Enter", tooltip="Edit this cell"),
    Binding("slash", "search", "Search", id="people.search", key_display="/", tooltip="Search in all columns"),
    Binding("a", "add", "Add", id="people.add", tooltip="Add someone"),
    Binding("g", "group", "Group", id="people.group", tooltip="Move this person, or everyone marked in the list, to another user group"),
    Binding("space", "mark", "Mark", id="people.mark", tooltip="Mark this person, or remove the mark"),
    Binding("m", "mark_all", "Mark all", id="people.mark_all", show=False, tooltip="Mark everyone who is listed, or remove their marks"),
    Binding("d,delete", "remove", "Remove", id="people.remove", tooltip="Remove this person, or everyone marked in the list"),
    Binding("x", "left", "Left", id="people.left", tooltip="Mark this person, or everyone marked in the list, as having left"),
    Binding("s", "sort", "Sort", id="people.sort", show=False, tooltip="Sort by this column; press again to reverse"),
    Binding("u,ctrl+z", "undo", "Undo", id="people.undo", tooltip="Undo the last change"),
    Binding("r,ctrl+y", "redo", "Redo", id="people.redo", show=False, tooltip="Redo the change that was undone last"),
]  # fmt: skip
