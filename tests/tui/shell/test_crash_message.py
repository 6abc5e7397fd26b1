"""The sentence that the app leaves on the terminal after an unexpected error."""

import pytest

from backdrop_tui.tui.shell.crash_message import crash_message
from backdrop_tui.tui.widgets.plain import printable_cells


def test_it_names_the_line_of_the_package_in_which_the_error_was_raised() -> None:
    with pytest.raises(AttributeError) as raised:
        printable_cells(5)  # type: ignore[arg-type]
    assert "What went wrong: AttributeError in plain.py, line " in crash_message(raised.value)


def test_it_keeps_the_error_s_own_message_to_itself() -> None:
    message = crash_message(ValueError("Amira"))
    assert "What went wrong: ValueError." in message
    assert "Amira" not in message
