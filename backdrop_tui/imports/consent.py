"""What the user has agreed to import, should the rows be judged differently by the time they are stored.

Before an import is stored, its rows are checked again if anything else has been stored since the user's check. A consent
gets the review that the user has seen and the latest one, and raises if the user has not agreed to go on.
"""

from collections.abc import Callable

import polars as pl

from backdrop_tui.errors import BackdropError, UnusableChoiceError
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.wording import counted, listed

Consent = Callable[[Review, Review], None]
"""Gets the review that the user has seen, then the latest; raises a `BackdropError` if the import must not go on."""


class RowErrorsError(BackdropError):
    """Rows have errors, and the user has not asked to leave them out; nothing was stored."""

    title = "Some rows have errors"
    exit_status = 1

    def __init__(self, review: Review, *, since_checked: bool = False) -> None:
        have = "has" if review.counts.errors == 1 else "have"
        rows = f"{counted(review.counts.errors, 'row')} {have} errors"
        super().__init__(
            f"Nothing was stored. Other changes were stored while this file was being checked, and now {rows}."
            if since_checked
            else f"Nothing was stored, because {rows}."
        )
        self.review = review
        """The latest check of the rows."""


class UnansweredError(BackdropError):
    """The whole file says something that the user has not answered; nothing was stored."""

    title = "There is something to decide first"
    exit_status = 1

    def __init__(self, review: Review) -> None:
        titles = listed(finding.type.title for finding in review.unanswered)
        super().__init__(
            f"Nothing was stored, because the file has something in it to decide first: {titles}."
        )
        self.review = review
        """The latest check of the rows."""


def whatever_is_ready(seen: Review, latest: Review) -> None:
    """Agree to whatever is ready, and to leave the other rows out.

    Raises:
        UnansweredError: A finding is not answered.
        UnusableChoiceError: The people whom rows were said to be about have changed.
    """
    if latest.unanswered:
        raise UnansweredError(latest)
    if not _answered_namesakes(latest).equals(_answered_namesakes(seen)):
        raise _changed()


def as_seen(seen: Review, latest: Review) -> None:
    """Agree only to the very people, and the new user groups, that the user has seen.

    Raises:
        UnansweredError: A finding is not answered.
        UnusableChoiceError: They have changed.
    """
    whatever_is_ready(seen, latest)
    is_same = latest.ready.equals(seen.ready) and latest.linkage.links.equals(seen.linkage.links)
    if not is_same or _new_groups(latest) != _new_groups(seen):
        raise _changed()


def without_errors(seen: Review, latest: Review) -> None:
    """Agree to whatever is ready, as long as no row has errors.

    Raises:
        UnansweredError: A finding is not answered.
        RowErrorsError: Rows have errors.
        UnusableChoiceError: The people whom rows were said to be about have changed.
    """
    whatever_is_ready(seen, latest)
    if latest.counts.errors:
        raise RowErrorsError(latest, since_checked=latest is not seen)


def _answered_namesakes(review: Review) -> pl.Series:
    """The rows that the user has settled and that have the name and birth date of someone stored (UInt32, ascending)."""
    settled, namesakes = review.linkage.answered["row"], review.linkage.namesakes
    return settled.filter(settled.is_in(namesakes.implode())).sort()


def _changed() -> UnusableChoiceError:
    return UnusableChoiceError(
        "The people or user groups stored have changed since you checked these rows. Check the rows again."
    )


def _new_groups(review: Review) -> set[str]:
    """The user groups that the ready rows name and that don't exist yet."""
    if "user_group" not in review.ready.columns:
        return set()
    return {*review.ready["user_group"].drop_nulls()} - {*review.basis.context.groups}
