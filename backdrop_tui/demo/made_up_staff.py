"""The staff of the made-up school."""

import random
import unicodedata

from backdrop_tui.demo.made_up_file import ExpectedProblem, MadeUpFile, full_names
from backdrop_tui.demo.made_up_names import BOYS, GIRLS, SURNAMES

_HEADINGS = "Forename,Surname,Job Title,User Group,Work Email"
_JOBS = (
    ("Headteacher", "SLT"), ("Deputy Headteacher", "SLTs"), ("Designated Safeguarding Lead", "DSL"),
    ("School Business Manager", "School Business Manager"), ("Office Manager", "Admin Team"), ("Receptionist", "Admin Team"),
    ("Chair of Governors", "Governors"), ("Parent Governor", "Governor"), ("SENCO", "Teachers"),
    *((f"Year {n} Teacher", "Teachers") for n in range(1, 14)), *(("Teaching Assistant", "TA"),) * 8,
)  # fmt: skip
_GROUP_MISTAKES = (
    (10, "Teachrs", "group-near"),
    (12, "DSL5", "group-near"),
    (24, "TAs; Teachers", "group-near"),
    (14, "", "required"),
    (4, "Site Team", "group-new"),
)
"""The index of a member of staff, the text in place of their user group, and the code of the problem."""
_DOMAIN = "willowmere.example"


def made_up_staff(seed: int = 2026) -> MadeUpFile:
    """A list of all staff as Excel on Windows saves it, with CRLF and in Windows-1252.

    Some user groups are misspelt, one cell has two, one is missing and one is new; one first name has a title in it; one e-mail
    address is invalid, and two people have the same one.

    Args:
        seed: The same number always gives the same file.
    """
    rng = random.Random(seed)  # noqa: S311 - made-up people, not secrets
    first_names = list(filter(_in_windows_1252, (*GIRLS, *BOYS)))
    people = full_names(rng, first_names, list(filter(_in_windows_1252, SURNAMES)), len(_JOBS))
    rows = [
        [first, surname, job, group, _address(first, surname)]
        for (first, surname), (job, group) in zip(people, _JOBS, strict=True)
    ]
    problems: list[ExpectedProblem] = []
    for index, group, code in _GROUP_MISTAKES:
        rows[index][3] = group
        problems.append((index + 2, "User Group", code))
    rows[16][4] = rows[16][4].replace("@", " at ")
    problems.append((18, "Email", "email"))
    for index in (5, 26):
        rows[index][4] = f"office@{_DOMAIN}"
        problems += [(index + 2, "Email", code) for code in ("email-duplicate", "email-shared")]
    rows[20][0] = f"Dr {rows[20][0]}"
    problems.append((22, "First Name", "title-in-name"))
    lines = [_HEADINGS, *(",".join(row) for row in rows)]
    data = "".join(f"{line}\r\n" for line in lines).encode("cp1252")
    return MadeUpFile(data, frozenset(problems), findings=("encoding-guessed",))


def _in_windows_1252(name: str) -> bool:
    """Whether a name can be written in Windows-1252."""
    try:
        name.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _address(first: str, surname: str) -> str:
    decomposed = unicodedata.normalize("NFKD", f"{first[0]}.{surname}").replace("Å", "a")
    return "".join(c for c in decomposed.lower() if c.isascii() and (c.isalpha() or c == ".")) + f"@{_DOMAIN}"
