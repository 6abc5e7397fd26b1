"""What can still be read of a damaged file."""

import re

import orjson

from backdrop_tui.store.tinydb.former_folder import TINYDB_FILES, kind_of
from backdrop_tui.store.tinydb.meta import META, meta_table

_LINE = re.compile(rb'"(\d{1,18})":(\{.*\}),?')


def is_readable(name: str, data: bytes) -> bool:
    """Whether a file is JSON of the right shape, so that it can be read even if it isn't what was stored."""
    try:
        content = orjson.loads(data)
    except ValueError:
        return False
    if not isinstance(content, dict):
        return False
    tables = content.values() if name in TINYDB_FILES else ()
    return all(isinstance(table, dict) for table in tables)


def rescued(name: str, data: bytes) -> tuple[bytes, int] | None:
    """The whole lines of a damaged file of people as a new file, and how many there are; None for another kind of file."""
    if name not in {"students.json", "staff.json"}:
        return None
    kind = kind_of(name)
    people = {}
    for line in data.splitlines():
        match = _LINE.fullmatch(line.strip())
        if match:
            try:
                person = orjson.loads(match[2])
            except ValueError:
                continue
            texts = all(value is None or isinstance(value, str) for value in person.values())
            if isinstance(person.get("id"), str) and texts:
                people[match[1].decode()] = person
    unique = {person["id"]: number for number, person in people.items()}
    kept = {number: people[number] for number in unique.values()}
    return orjson.dumps({META: meta_table(kind), kind: kept}), len(kept)
