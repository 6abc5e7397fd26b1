"""Searching files that aren't read as tables for people: old copies, damaged files, what was typed and not saved."""

from collections.abc import Mapping, Sequence
from typing import Any

from backdrop_tui.care.traces.data_subject import LAST, DataSubject, TextKind
from backdrop_tui.care.traces.mentions import ERASED, any_reading, compact, lines_without

_NAMES_OF_FILES = frozenset({"file", "errors_file", "errors_folder", "folder"})
"""The keys of names of files and folders in what is stored."""


def possible(text: str, subjects: Sequence[DataSubject]) -> list[DataSubject]:
    """Those of many people whom a text can be about, so that only they are looked for closely."""
    compact_text = compact(text)
    return [subject for subject in subjects if subject.mentions.may_be_in(compact_text)]


def is_about_anyone(line: str, subjects: Sequence[DataSubject]) -> bool:
    """Whether a line of a file is about one of the people."""
    return any(subject.is_line(line) for subject in possible(line, subjects))


def has_line_about(data: bytes, subjects: Sequence[DataSubject]) -> bool:
    """Whether a file has a line about one of the people, whatever its encoding."""
    return any_reading(data, lambda text: any(is_about_anyone(line, subjects) for line in text.splitlines()))


def may_be_about(data: bytes, subjects: Sequence[DataSubject]) -> bool:
    """Whether anything that one of the people is or was called, or a date of birth of theirs, is in a file at all."""

    def is_in(text: str) -> bool:
        return any(
            subject.mentions.words_in(text) or subject.mentions.identified_in(text) for subject in subjects
        )

    return any_reading(data, is_in)


def is_hinted_at(data: bytes, subjects: Sequence[DataSubject]) -> bool:
    """Whether what was typed and not saved is likely to be about one of the people."""
    return any_reading(data, lambda text: any(subject.is_hinted_at(text) for subject in subjects))


def redacted(
    text: str, subjects: Sequence[DataSubject], instead: str = ERASED, kind: TextKind = "text"
) -> str:
    """A text in which the people are no longer named."""
    for subject in possible(text, subjects):
        text = subject.redacted(text, instead, kind)
    return text


def can_be_redacted(data: bytes, subjects: Sequence[DataSubject]) -> bool:
    """Whether a file names one of the people in a way that `redacted` would replace."""

    def can_be(text: str) -> bool:
        return any(redacted(line, subjects) != line for line in text.splitlines())

    return any_reading(data, can_be)


def without_lines(data: bytes, subjects: Sequence[DataSubject]) -> bytes:
    """A text file without the lines about the people."""
    return lines_without(data, lambda line: is_about_anyone(line, subjects))


def _kind_of_text(content: Mapping[str, Any], key: str) -> TextKind:
    """What a text in a JSON object is, by its key: all of a person's are values of fields."""
    if LAST in content:
        return "value"
    return "file-name" if key in _NAMES_OF_FILES else "text"


class JsonWithout:
    """JSON without the records of people, whatever it is in: tables, lists of changes, columns, or texts."""

    def __init__(self, subjects: Sequence[DataSubject]) -> None:
        self._subjects = subjects
        self._ids = {subject.id for subject in subjects}
        self._identifiers = {text for subject in subjects for text in subject.identifiers}
        self._lone_names = {name for subject in subjects for name in subject.lone_names.names}
        self.removed: list[Mapping[str, Any]] = []
        """The records that were taken out."""

    def clean(self, content: Any, kind: TextKind = "text") -> Any:  # noqa: ANN401 - any JSON
        """The content without them.

        Args:
            content: The content.
            kind: What it is if it is a text, or a list of texts.
        """
        match content:
            case str():
                return self._text(content, kind)
            case {"ids": str(ids), "sums": [*sums]}:
                kept = [pair for pair in zip(ids.split(), sums, strict=False) if pair[0] not in self._ids]
                return content | {"ids": " ".join(each for each, _ in kept), "sums": [n for _, n in kept]}
            case dict() if self._is_columns(content):
                return self._columns(content)
            case dict():
                return {
                    self.clean(key): self.clean(value, _kind_of_text(content, key))
                    for key, value in content.items()
                    if key not in self._ids and not self._is_unwanted(value)
                }
            case list():
                return [self.clean(item, kind) for item in content if not self._is_unwanted(item)]
        return content

    def _text(self, text: str, kind: TextKind) -> str:
        """A text without their names. One word is no whole name, which would take time to look for."""
        if text.isascii() and text.isalnum():
            is_theirs = text.casefold() in self._identifiers or (kind != "value" and text in self._lone_names)
            return ERASED if is_theirs else text
        return redacted(text, self._subjects, kind=kind)

    def _is_unwanted(self, value: Any) -> bool:  # noqa: ANN401 - any JSON
        """Whether a value is a record of one of the people, a change of one, or says something about one."""
        match value:
            case [str(), int(), dict() as record]:  # a change in a journal
                return self._is_unwanted(record)
            case {"key": str(key)} if key in self._ids:
                return self._noted(value)
            case {"person": str(person)} if person in self._ids:
                return self._noted(value)
            case {"surname": str() | None} if "first_name" in value or "id" in value:
                return any(subject.is_record(value) for subject in self._subjects) and self._noted(value)
        return isinstance(value, str) and value in self._ids

    def _noted(self, record: Mapping[str, Any]) -> bool:
        self.removed.append(record)
        return True

    @staticmethod
    def _is_columns(content: Mapping[str, Any]) -> bool:
        """Whether a JSON object is people by columns, as undo data has them."""
        columns = list(content.values())
        return (
            {"id", "surname"} <= content.keys()
            and all(isinstance(column, list) for column in columns)
            and len({len(column) for column in columns}) == 1
        )

    def _columns(self, content: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
        rows = [dict(zip(content, values, strict=True)) for values in zip(*content.values(), strict=True)]
        kept = [row for row in rows if not self._is_unwanted(row)]
        return {key: [row[key] for row in kept] for key in content}
