"""A made-up student who is to be erased, and finding them in every byte of every file."""

import json

from backdrop_tui.store.folder import DataFolder
from tests.support.made_up import STUDENTS, student, upn

FIRST, LAST, FORMER = "Zébédée", "O'Quillfeather", "Vandervoort"
BORN = "2014-09-23"
CODECS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252", "mac-roman", "cp850", "cp1250")


def spellings(*texts: str) -> set[bytes]:
    """Texts as they can be written: in capitals, without accents, as JSON, in several encodings."""
    bare = {text.replace("é", "e").replace("É", "E") for text in texts}
    written = {form for text in {*texts, *bare} for form in (text, text.upper(), text.lower())}
    written |= {form.replace("'", "’") for form in written} | {json.dumps(form)[1:-1] for form in written}
    return {form.encode(codec, "ignore") for form in written for codec in CODECS} - {b""}


NEEDLES = spellings(
    *(FIRST, "Quillfeather", FORMER, upn(77), upn(78)),
    *("2014-09-23", "23/09/2014", "23/9/14", "23.09.2014", "23 September 2014", "20140923"),
)


def finds(folder: DataFolder, needles: set[bytes] = NEEDLES) -> set[str]:
    """The files that have anything of the person."""
    files = [path for path in folder.path.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(folder.path))
        for path in files
        if any(needle in path.read_bytes() or needle in path.name.encode() for needle in needles)
    }


def zebedee(**changes: str) -> dict[str, str]:
    """The person, as a file has them."""
    return student(7, first_name=FIRST, surname=LAST, date_of_birth="23/09/2014", upn=upn(77)) | {
        STUDENTS.label(key): value for key, value in changes.items()
    }


def stored_zebedee(**changes: str | None) -> dict[str, str | None]:
    """The person, as the store has them."""
    return {
        "first_name": FIRST,
        "surname": LAST,
        "date_of_birth": BORN,
        "year_group": "7",
        "registration_group": "7A",
        "upn": upn(77),
    } | changes


def others(*numbers: int) -> list[dict[str, str | None]]:
    return [
        {
            "first_name": row["First Name"],
            "surname": row["Surname"],
            "date_of_birth": f"2013-0{1 + number}-11",
            "year_group": "7",
            "registration_group": "7A",
            "upn": row["UPN"],
        }
        for number in numbers
        for row in (student(number),)
    ]
