"""The keys of the list of leavers, and the help for them."""

from textual.binding import Binding, BindingType

HELP = (
    "People who have left, the most urgent first: ! is late or to be confirmed, • is to do, ✓ is done.\n"
    "A child protection file has to be sent within 5 days, or in the first 5 days of a new term, and the new school has to confirm that it has arrived. "
    "Only weekdays are counted, as the school's holidays aren't known. For anyone who leaves in July or August, the first 5 in September count.\n"
    "Staff who have left have no rights. If they held child-protection rights, press c to confirm that they no longer have access.\n"
    "Space marks people, m all in the list: other keys then apply to everyone who is marked and in the list.\n"
    "v shows only those with something to do, then students of compulsory school age whose new school isn't known, then everyone.\n"
    "i shows everything that is held about a person; Ctrl+E erases it everywhere, for good, after explaining what that means.\n"
    "u undoes the last change, until you close the app."
)
OF_STUDENTS = frozenset({"no_file", "to_send", "sent", "receipt", "destination"})
"""The actions that only concern students."""
OF_STAFF = frozenset({"confirm"})
"""The actions that only concern staff."""
BINDINGS: list[BindingType] = [
    Binding("escape", "back", "Back", show=False, id="leavers.back", tooltip="End the search, then one step back"),
    Binding("space", "mark", "Mark", id="leavers.mark", tooltip="Mark this person, or remove the mark"),
    Binding("m", "mark_all", "Mark all", id="leavers.mark_all", tooltip="Mark everyone who is listed, or remove their marks"),
    Binding("n", "no_file", "No file", id="leavers.none", tooltip="There is no safeguarding file"),
    Binding("t", "to_send", "To send", id="leavers.to_send", tooltip="There is a safeguarding file to send"),
    Binding("s", "sent", "Sent", id="leavers.sent", tooltip="The safeguarding file was sent"),
    Binding("r", "receipt", "Receipt", id="leavers.receipt", tooltip="The new school has confirmed that it has the file"),
    Binding("d", "destination", "School", id="leavers.destination", tooltip="The school that they have gone to"),
    Binding("c", "confirm", "Confirm", id="leavers.confirm", tooltip="Confirm that they no longer have access"),
    Binding("u,ctrl+z", "undo", "Undo", id="leavers.undo", tooltip="Undo the last change"),
    Binding("v", "view", "View", id="leavers.view", tooltip="Only those with something to do; those whose new school isn't known; everyone"),
    Binding("b", "bring_back", "Bring back", id="leavers.bring_back", tooltip="They are at the school again"),
    Binding("ctrl+y", "redo", "Redo", id="leavers.redo", show=False, tooltip="Redo the change that was undone last"),
    Binding("l", "day", "Left on", id="leavers.day", show=False, tooltip="Correct the date of leaving"),
    Binding("slash", "search", "Search", id="leavers.search", show=False, key_display="/", tooltip="Search in all columns"),
]  # fmt: skip
"""The keys."""
