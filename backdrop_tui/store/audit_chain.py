"""The chain of the audit log: each entry has a number and a hash over itself and the one before, so that a gap or a change shows.

The hash is SHA-256 over the hash of the entry before and the entry's JSON with its number. Whoever can write in the log can work out
new hashes from there on. So the store keeps, in another place, the number and the hash of the last entry.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import orjson

from backdrop_tui.wording import counted

LINE, HASH = "line", "hash"
"""The keys of an entry's number and of its hash."""


@dataclass(frozen=True)
class LogEnd:
    """The end of the log, by which it is known."""

    line: int = 0
    """The number of the last entry; 0 if there is none."""
    hash: str = ""
    """Its hash."""

    @classmethod
    def of(cls, entry: Any) -> Self | None:  # noqa: ANN401 - whatever a line contains
        """The end of a log that ends with this entry; None if the entry is in no chain."""
        match entry:
            case {"line": int(line), "hash": str(digest)}:
                return cls(line, digest)
        return None


def chained(entries: Iterable[Mapping[str, Any]], after: LogEnd) -> list[dict[str, Any]]:
    """Entries with their numbers and hashes, to follow another entry. Any that they had before are replaced."""
    chain = []
    for entry in entries:
        numbered = {**plain_entry(entry), LINE: after.line + 1}
        after = LogEnd(after.line + 1, _hash_of(numbered, after.hash))
        chain.append(numbered | {HASH: after.hash})
    return chain


def plain_entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry as it was logged, without its place in the chain."""
    return {key: value for key, value in entry.items() if key not in {LINE, HASH}}


def _hash_of(numbered: Mapping[str, Any], before: str) -> str:
    return hashlib.sha256(before.encode() + orjson.dumps(numbered)).hexdigest()


def broken_places(entries: Sequence[Any], known: Collection[LogEnd]) -> list[str]:
    """What is missing from a log, changed or cut off, a sentence each.

    Args:
        entries: The entries as they are now; anything else for a line that can't be understood.
        known: Ends that the log is known to have had, the last one last. Nothing may follow the last one.
    """
    hashes = {end.line: end.hash for end in known}
    sentences = []
    before: LogEnd | None = LogEnd()
    last = 0
    for entry in entries:
        end = LogEnd.of(entry)
        if end is None or end.line <= last:
            last += end is None
            sentences.append(f"Line {last if end is None else end.line} of the audit log has been changed.")
            before = None
            continue
        if end.line > last + 1:
            sentences.append(_missing(last + 1, end.line - 1))
            before = None
        numbered = {key: value for key, value in entry.items() if key != HASH}
        is_changed = before is not None and _hash_of(numbered, before.hash) != end.hash
        if is_changed or hashes.get(end.line, end.hash) != end.hash:
            sentences.append(f"Line {end.line} of the audit log, or the one before it, has been changed.")
        before, last = end, end.line
    return sentences + _at_the_end(last, [end.line for end in known])


def _missing(first: int, last: int) -> str:
    if first == last:
        return f"Line {first} of the audit log is missing."
    return f"Lines {first} to {last} of the audit log are missing."


def _at_the_end(last: int, known: Sequence[int]) -> list[str]:
    """What is wrong with the end of a log.

    Args:
        last: The number of the last entry.
        known: The numbers of the ends that it is known to have had. The first one was certainly written.
    """
    if known and last < known[0]:
        lines = counted(known[0] - last, "line is", "lines are")
        return [f"The audit log has been cut off after line {last}: {lines} missing."]
    if known and last > known[-1]:
        return [f"The audit log has lines after line {known[-1]} that Back:drop hasn't written."]
    return []
