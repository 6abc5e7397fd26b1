"""Asking before something is done that can't be undone, and refusing to do it where nobody can be asked."""

import sys

from backdrop_tui.errors import UnusableChoiceError


def is_at_terminal() -> bool:
    """Whether standard input is a terminal."""
    try:
        return sys.stdin.isatty()
    except (ValueError, AttributeError):  # it is closed
        return False


def confirm(question: str, *, yes: bool) -> None:
    """Ask a question at a terminal, and go on only after `y` or `yes`.

    Args:
        question: What is to be done, as a question.
        yes: Whether `--yes` was given, so that nobody is asked.

    Raises:
        UnusableChoiceError: The answer was another one, or nobody can be asked; nothing was changed.
    """
    if yes:
        return
    try:
        can_ask = is_at_terminal() and sys.stderr.isatty()
    except (ValueError, AttributeError):  # it is closed
        can_ask = False
    if not can_ask:
        raise UnusableChoiceError(
            "Nothing was changed, because nobody can be asked here. To go ahead, use --yes."
        )
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise UnusableChoiceError("Nothing was changed.")
