"""Check the names of user groups and rights that people type: find the one that is meant, or accept a new name."""

from collections.abc import Sequence

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.records.rights.group_names import GroupNames
from backdrop_tui.records.rights.user_groups import LONGEST, RIGHTS, Right, UserGroup, former_group_names
from backdrop_tui.records.schema.text import BLANK_WORDS
from backdrop_tui.school import text_input
from backdrop_tui.school.school import School
from backdrop_tui.school.text_input import quoted
from backdrop_tui.wording import listed

_WHAT = "The name of a group"
_SUGGESTIONS = 3


class SimilarNameError(UnusableChoiceError):
    """A new name resembles that of another group, so someone has to confirm it; nothing was changed."""

    title = "Another group has a similar name"

    def __init__(self, name: str, other: str) -> None:
        super().__init__(f"{quoted(name)} is similar to the name of the user group {quoted(other)}.")


def group_named(school: School, text: str) -> str:
    """The name of the group that a text names without doubt.

    Raises:
        UnusableChoiceError: It names no group; the message suggests the most similar ones.
    """
    groups = school.user_groups()
    names = tuple(group.name for group in groups)
    known = GroupNames(names, former_group_names(groups))
    if name := known.named(text_input.one_line(text, what=_WHAT)):
        return name
    resembling = known.resembling(text)
    similar = [resembling] if resembling else _most_similar(text, names)
    raise UnusableChoiceError(f"There is no user group {quoted(text)}. {_suggestion(similar, names)}")


def right_named(text: str) -> Right:
    """The right with this key or title.

    Raises:
        UnusableChoiceError: There is no such right; the message suggests the most similar ones.
    """
    rights = {text_input.folded(words): right for right in RIGHTS for words in (right.key, right.title)}
    wanted = text_input.folded(text)
    if wanted in rights:
        return rights[wanted]
    similar = [rights[words].key for words in _most_similar(wanted, tuple(rights))]
    keys = [right.key for right in RIGHTS]
    raise UnusableChoiceError(f"There is no right {quoted(text)}. {_suggestion(similar, keys)}")


def new_name(text: str, others: Sequence[UserGroup], *, anyway: bool) -> str:
    """A new name for a group, in the form in which it is stored.

    A former name of another group can be used again, unless it is the original name of a standard group.

    Args:
        text: The name as it was typed.
        others: All other groups.
        anyway: Accept the name even if it resembles that of another group. A name that looks the same is always refused.

    Raises:
        SimilarNameError: The name resembles that of another group.
        UnusableChoiceError: The name can't be used.
    """
    name = text_input.name(text_input.one_line(text, what=_WHAT, longest=LONGEST), what=_WHAT)
    if name.lower() in BLANK_WORDS:
        raise UnusableChoiceError(f"{quoted(name)} means “blank” in a file, so a group can't have that name.")
    names = tuple(group.name for group in others)
    originals = tuple(
        (group.standard, group.name) for group in others if group.standard and group.standard not in names
    )
    known = GroupNames(names, originals)
    if (other := known.named(name)) is not None:
        if other.lower() == name.lower():
            raise UnusableChoiceError(f"There is already a user group {quoted(other)}.")
        raise UnusableChoiceError(
            f"{quoted(name)} is another name for the user group {quoted(other)}. Choose a different name."
        )
    similar = known.resembling(name)
    lookalike = known.mistaken_for(name) or (None if name.isascii() else similar)
    if lookalike is not None:
        raise UnusableChoiceError(
            f"{quoted(name)} looks like the user group {quoted(lookalike)}. Choose a name that can't be confused with it."
        )
    if similar is not None and not anyway:
        raise SimilarNameError(name, similar)
    return name


def _most_similar(text: str, names: tuple[str, ...]) -> list[str]:
    """The names most similar to a text, the best first."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only needed after a misspelling

    matches = process.extract(
        text.casefold(),
        names,
        scorer=fuzz.WRatio,
        processor=str.casefold,
        score_cutoff=60,
        limit=_SUGGESTIONS,
    )
    return [name for name, _, _ in matches]


def _suggestion(similar: Sequence[str], names: Sequence[str]) -> str:
    suggestions = list(dict.fromkeys(similar))[:_SUGGESTIONS]
    if suggestions:
        return f"Did you mean {listed(map(quoted, suggestions), conjunction='or')}?"
    return f"Choose one of: {', '.join(names)}."
