"""Names of user groups and of rights as people type them: looked up, or looked at before a group may have them."""

from collections.abc import Sequence

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.checking.examine import BLANK_WORDS
from backdrop_tui.records.rights.group_names import GroupNames
from backdrop_tui.records.rights.user_groups import LONGEST, RIGHTS, Right, UserGroup, leading_to
from backdrop_tui.school import text_input
from backdrop_tui.school.school import School

_NEAREST = 3


class LikeAnotherError(UnusableChoiceError):
    """A new name resembles that of another group, so that a person has to say that it is meant; nothing was changed."""

    title = "There is a group of nearly that name"

    def __init__(self, name: str, other: str) -> None:
        super().__init__(
            f"{text_input.quoted(name)} is nearly the name of the user group {text_input.quoted(other)}."
        )


def group_named(school: School, text: str) -> str:
    """The name of the group that a text surely names. Raises `UnusableChoiceError` where none is named."""
    groups = school.user_groups()
    names = tuple(group.name for group in groups)
    known = GroupNames(names, leading_to(groups))
    if found := known.named(text_input.one_line(text, what="The name of a group")):
        return found
    other = known.resembling(text)
    near = [other] if other else _nearest(text, names)
    raise UnusableChoiceError(f"There is no user group {text_input.quoted(text)}. {_perhaps(near, names)}")


def right_named(text: str) -> Right:
    """The right of that name, which may be its title. Raises `UnusableChoiceError` where there is none."""
    wanted = text_input.folded(text)
    for right in RIGHTS:
        if wanted in {text_input.folded(right.key), text_input.folded(right.title)}:
            return right
    titles = {text_input.folded(words): right.key for right in RIGHTS for words in (right.key, right.title)}
    near = [titles[found] for found in _nearest(wanted, tuple(titles))]
    raise UnusableChoiceError(
        f"There is no right {text_input.quoted(text)}. {_perhaps(near, tuple(right.key for right in RIGHTS))}"
    )


def new_name(text: str, others: Sequence[UserGroup], *, anyway: bool) -> str:
    """A name that a group may get, as it is kept.

    A name that another group of the school's own had before is free; one that leads to a standard group is not.

    Args:
        text: As it was text_input.
        others: All other groups.
        anyway: Take it even though it resembles another one's. One that the eye can't tell from another is refused.

    Raises:
        LikeAnotherError: It resembles that of another group.
        UnusableChoiceError: It can't be that name.
    """
    name = text_input.name(
        text_input.one_line(text, what="The name of a group", longest=LONGEST), what="The name of a group"
    )
    if name.lower() in BLANK_WORDS:
        raise UnusableChoiceError(
            f"{text_input.quoted(name)} counts as blank in a file, so no group can have that name."
        )
    names = tuple(group.name for group in others)
    standard = tuple((old, now) for old, now in leading_to(others) if _is_standard(old, now, others))
    known = GroupNames(names, standard)
    if (other := known.named(name)) is not None:
        if other.lower() == name.lower():
            raise UnusableChoiceError(f"There is a user group {text_input.quoted(other)} already.")
        raise UnusableChoiceError(
            f"{text_input.quoted(name)} is another name of the user group {text_input.quoted(other)}. Choose a different one."
        )
    near = known.resembling(name)
    if (other := known.mistaken_for(name) or (None if name.isascii() else near)) is not None:
        raise UnusableChoiceError(
            f"{text_input.quoted(name)} looks like the user group {text_input.quoted(other)}. Choose a name that nobody can mistake."
        )
    if near is not None and not anyway:
        raise LikeAnotherError(name, near)
    return name


def _is_standard(old: str, now: str, groups: Sequence[UserGroup]) -> bool:
    return any(group.name == now and group.standard == old for group in groups)


def _nearest(text: str, known: tuple[str, ...]) -> list[str]:
    """The names that are most like a text, the best first."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where something was misspelt

    found = process.extract(
        text.casefold(), known, scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=60, limit=_NEAREST
    )
    return [name for name, _, _ in found]


def _perhaps(near: Sequence[str], known: Sequence[str]) -> str:
    names = list(dict.fromkeys(near))[:_NEAREST]
    if names:
        return f"Perhaps {' or '.join(text_input.quoted(name) for name in names)} is meant."
    return f"There are: {', '.join(known)}."
