"""What the text of a heading between the rows says: `Year 7, Form 7A – Mrs Smith` is year group 7, registration group 7A."""

import re
from collections.abc import Iterator, Mapping, Sequence

from backdrop_tui.intake.matching.heading_words import Heading
from backdrop_tui.intake.matching.known_headings import tier
from backdrop_tui.records.fields.titles import BEGINS_LIKE_TITLE
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind

_BRACKET = re.compile(r"(?<=[^:\s])\s*\(([^()]*)\)\s*$|(?:(?<=\d)|(?<=\d\w)):\s*(?=\d+$)")
"""Where a bracket at the end begins, or a number behind a text that has no label: `3B (28 pupils)`, `Class 3B: 28`."""
_LABEL_AND_DASH = re.compile(r"([^:\d]{2,30}?)\s*[-–—=]\s+(.+)")
_SECOND_LABEL = re.compile(r"(?<=[^\s:])\s+((?:[^\W\d_]+\s){0,2}[^\W\d_]+):(?=\s)")
_SEPARATOR = re.compile(
    r"\s+[-–—|/]\s+|\s*,\s+(?!\d+\b)|\s*;\s+|\s+(?=(?:class|form|year|(?:reg|tutor) group|dosbarth|blwyddyn) \d)", re.IGNORECASE
)  # fmt: skip
_LIST = re.compile(r" (?:list|register)$", re.IGNORECASE)
_AT_END = re.compile(
    r"(?:(?<=[^:\s])\s+20\d\d\s?[/\-–]\s?(?:20)?\d\d)?\s*(?:\b(?:class list|list|register|pupils|students|children)\b)?[\s.:]*$",
    re.IGNORECASE,
)
_BESIDE_IT = re.compile(
    rf"{BEGINS_LIKE_TITLE.removeprefix('(?i)')}|^(?:total:?\s*)?\d+(?: [a-z]+)?$|^20\d\d\s?[/\-–]\s?(?:20)?\d\d$|^room\b|^cont(?:inued|\.|'d)?$",
    re.IGNORECASE,
)
"""A teacher's name, a count, an academic year or a room, which can accompany the value in such a heading."""
_NAMED_CLASS = re.compile(
    r"(?:class|form|dosbarth) ([^\W\d_]{3,})|([^\W\d_]{3,}) (?:class|form)", re.IGNORECASE
)
"""A class with a name instead of a number: `Class Oak`, `Oak Class`."""
_NO_NAMES = frozenset(
    {"teacher", "tutor", "list", "register", "name", "size", "total", "report", "captain", "sixth"}
)
_NO_LABEL = re.compile(r"[:\d]|\s[-–—=]\s")
_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[^\W\d_]")
_LONGEST = 200
"""The most characters of such a heading."""
_MOST_WORDS = 3
"""The most words that the name of a field has in front of its value."""


def values_in(kind: RecordKind, cells: Sequence[str]) -> Mapping[str, str]:
    """The values that a heading between the rows gives, by the keys of their fields.

    Args:
        kind: The kind of people in the rows.
        cells: The cells of the row that aren't blank, cleaned.

    Returns:
        A value is empty if the heading names its field, but what it says can't be a value. Without any values, the row isn't
        such a heading.
    """
    if sum(map(len, cells)) > _LONGEST:
        return {}
    values: dict[str, str] = {}
    for place, part in enumerate(_parts(kind, cells)):
        value_of = _labelled(kind, part) or _unlabelled(kind, part)
        if value_of is not None:
            values.setdefault(*value_of)
        elif place == 0 or not _can_accompany(kind, part):
            return {}
    return values


def _parts(kind: RecordKind, cells: Sequence[str]) -> Iterator[str]:
    """The parts of a heading that each say something of their own: a label goes with the value in the next cell."""
    label = ""
    for cell in cells:
        if not label and (cell.endswith(":") or _field_called(kind, cell)):
            label = cell if cell.endswith(":") else f"{cell}:"
        else:
            yield from _cut(kind, f"{label} {cell}".strip())
            label = ""
    if label:
        yield label


def _cut(kind: RecordKind, text: str) -> Sequence[str]:
    """A text without the teacher's name, the count and so on behind its value, and these by themselves."""
    whole = _without_end(text)
    if (dashed := _LABEL_AND_DASH.fullmatch(whole)) and _field_called(kind, dashed[1]):
        whole = f"{dashed[1]}: {dashed[2]}"
    label, colon, value = _BRACKET.sub(r" - \1", whole).partition(":")
    divided = f"{label}{colon}{_SECOND_LABEL.sub(lambda match: _divided(kind, match[1]), value)}"
    first, *others = [part for part in map(_without_end, _SEPARATOR.split(divided)) if part] or [whole]
    return [first, *others] if all(_can_accompany(kind, other) for other in others) else [whole]


def _without_end(text: str) -> str:
    """A text without the academic year, the word "list" and the like at its end."""
    return _AT_END.sub("", text)


def _divided(kind: RecordKind, words: str) -> str:
    """The words in front of a second colon, with a separator in front of the label that they end with."""
    *before, last = words.split()
    while before and _field_called(kind, f"{before[-1]} {last}"):
        last = f"{before.pop()} {last}"
    return " ".join(["", *before, ";", f"{last}:"])


def _can_accompany(kind: RecordKind, text: str) -> bool:
    """Whether a text can accompany the value in such a heading."""
    return ":" in text or _BESIDE_IT.search(text) is not None or _unlabelled(kind, text) is not None


def _labelled(kind: RecordKind, text: str) -> tuple[str, str] | None:
    """The key and the value of a text such as `Registration Group: 10A`; None without a known label before a colon."""
    label, colon, value = text.partition(":")
    field = _field_called(kind, _LIST.sub("", label)) if colon else None
    if field is None:
        return None
    value = value.strip(" ()")
    return field.key, value if _can_be(field, value) else ""


def _unlabelled(kind: RecordKind, text: str) -> tuple[str, str] | None:
    """The key and the value of a text such as `Class 3B`, `10A`, `Year 7` or `Oak Class`; None if it is none."""
    if ":" in text:
        return None
    words = text.split()
    for count in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        value, is_other = " ".join(words[count:]), words[count].casefold() in _NO_NAMES
        field = _field_called(kind, " ".join(words[:count]))
        if field and _DIGIT.search(value) and not is_other:
            return field.key, value if _can_be(field, value) else ""
    named = _NAMED_CLASS.fullmatch(text)
    name = (named[1] or named[2]) if named else text
    for field in _sectioning(kind):
        if field.recognised_by_values and len(name) > 1 and _LETTER.search(name) and _matches(field, name):
            return field.key, name
    field = _field_called(kind, "class") if named else None
    return (field.key, name) if field and name.casefold() not in _NO_NAMES else None


def _sectioning(kind: RecordKind) -> Iterator[Field]:
    return (field for field in kind.fields if field.heads_sections)


def _field_called(kind: RecordKind, label: str) -> Field | None:
    """The field that a label names, of those by which reports group people; None if it names none."""
    if _NO_LABEL.search(label):
        return None
    heading = Heading(label)
    return next((field for field in _sectioning(kind) if tier(field, kind, heading) is not None), None)


def _can_be(field: Field, value: str) -> bool:
    """Whether a text behind a field's label can be its value."""
    if field.longest is not None and len(value) > field.longest:
        return False
    if value.casefold() in field.blank_words or not any(map(str.isalnum, value)):
        return False
    is_open = field.choices is None and field.recognised_by_values
    return is_open or _matches(field, value)


def _matches(field: Field, text: str) -> bool:
    """Whether a text looks like a field's values."""
    return field.value_pattern is not None and re.match(field.value_pattern, text) is not None
