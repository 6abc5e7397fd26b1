"""The staff of the school that does not exist."""

import random
import unicodedata

from backdrop_tui.demo.made_up_file import Announced, MadeUp, names
from backdrop_tui.demo.made_up_names import BOYS, GIRLS, SURNAMES

_HEADINGS = "Forename,Surname,Job Title,User Group,Work Email"
_POSTS = (
    ("Headteacher", "SLT"), ("Deputy Headteacher", "SLTs"), ("Designated Safeguarding Lead", "DSL"),
    ("School Business Manager", "School Business Manager"), ("Office Manager", "Admin Team"), ("Receptionist", "Admin Team"),
    ("Chair of Governors", "Governors"), ("Parent Governor", "Governor"), ("SENCO", "Teachers"),
    *((f"Year {n} Teacher", "Teachers") for n in range(1, 14)), *(("Teaching Assistant", "TA"),) * 8,
)  # fmt: skip
_WRONG_GROUPS = (
    (10, "Teachrs", "group-near"),
    (12, "DSL5", "group-near"),
    (24, "Teaching Asistants", "group-near"),
    (14, "", "required"),
    (4, "Site Team", "group-new"),
)
_DOMAIN = "willowmere.example"


def made_up_staff(seed: int = 2026) -> MadeUp:
    """A list of all staff as Excel on Windows saves it: CRLF, Windows-1252. The same each time.

    Some user groups are nearly right, one is missing and one is new; an e-mail address is none, and two have the same.
    """
    dice = random.Random(seed)  # noqa: S311 - made-up people, not secrets
    firsts, lasts = ([name for name in some if _in_windows(name)] for some in ((*GIRLS, *BOYS), SURNAMES))
    rows = [
        [first, last, post, group, _address(first, last)]
        for (first, last), (post, group) in zip(names(dice, firsts, lasts, len(_POSTS)), _POSTS, strict=True)
    ]
    problems: list[Announced] = []
    for place, group, code in _WRONG_GROUPS:
        rows[place][3] = group
        problems.append((place + 2, "User Group", code))
    rows[16][4] = rows[16][4].replace("@", " at ")
    problems.append((18, "Email", "email"))
    for place in (5, 26):
        rows[place][4] = f"office@{_DOMAIN}"
        problems.append((place + 2, "Email", "email-duplicate"))
    lines = [_HEADINGS, *(",".join(row) for row in rows)]
    return MadeUp("".join(f"{line}\r\n" for line in lines).encode("cp1252"), frozenset(problems))


def _in_windows(name: str) -> bool:
    """Whether Windows-1252 has all letters of a name."""
    try:
        name.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _address(first: str, last: str) -> str:
    apart = unicodedata.normalize("NFKD", f"{first[0]}.{last}").replace("Å", "a")
    return "".join(c for c in apart.lower() if c.isascii() and (c.isalpha() or c == ".")) + f"@{_DOMAIN}"
