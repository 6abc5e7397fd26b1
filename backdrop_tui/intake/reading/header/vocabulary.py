"""What the reader knows about the headings and values of a kind of people."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from backdrop_tui.records.schema.text import fold_heading

LONGEST_HEADING = 120
"""Characters of the longest heading; anything longer is running text."""

_OF_NAMES = (
    "name names forename forenames firstname givenname surname surnames lastname familyname first last middle legal preferred "
    "known chosen family given initials title fullname salutation pupil pupils student students child children learner staff "
    "member employee teacher tutor teachers parent carer guardian contact relationship sibling mother father kin emergency"
)
_OF_FACTS = (
    "dob date birth birthday born age gender sex pronouns year yr yrs years grade ncy cohort stage group grp groups form class "
    "reg registration house upn uln uci nhs number no num ref reference code codes id ids identifier type category status sen "
    "send eal premium fsm ethnicity ethnic language religion nationality medical notes note comments comment attendance "
    "enrolment admission admitted entry start end leaving left key"
)
_OF_WORK = (
    "role roles job post position designation occupation department dept faculty subject line contract fte payroll "
    "username user login account licence email mail address street addr town county postcode postal phone tel telephone mobile "
    "landline home work school establishment dfe urn"
)
_OF_WEEKS = "week monday tuesday wednesday thursday friday mon tue tues wed thu thur thurs fri am pm"
_WELSH = "enw cyntaf cyfenw dyddiad geni rhyw blwyddyn dosbarth grwp cofrestru swydd rol ebost cyfeiriad"
_WORDS = frozenset(f"{_OF_NAMES} {_OF_FACTS} {_OF_WORK} {_OF_WEEKS} {_WELSH}".split())
"""Words of headings, in lower case."""
_WORD = re.compile(r"[^\W\d_]+")
_CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HEADING_STYLE = re.compile(r"[^\W\d_]_\w|[A-Za-z)][*:]$|\w \(.+\)$|^\*\w")
"""`FIRST_NAME`, `Surname*`, `Surname:`, `DOB (dd/mm/yyyy)`: ways of writing that headings have and values don't."""


@dataclass(frozen=True)
class Vocabulary:
    """The known headings of a kind of people, and what the values of its fields look like."""

    headings: frozenset[str] = frozenset()
    """Folded headings that a school's export may have."""
    value_patterns: tuple[str, ...] = ()
    """Patterns that the values of one field each match: M and F, year groups, user groups."""

    @cached_property
    def values(self) -> tuple[re.Pattern[str], ...]:
        """The patterns, compiled."""
        return tuple(map(re.compile, self.value_patterns))

    def knows(self, cell: str) -> bool:
        """Whether a cell is a known heading."""
        return len(cell) <= LONGEST_HEADING and fold_heading(cell) in self.headings

    def known_in(self, cells: Iterable[str]) -> int:
        """The number of different known headings in a row."""
        return len({fold_heading(cell) for cell in cells if len(cell) <= LONGEST_HEADING} & self.headings)


def reads_like_a_heading(cell: str) -> bool:
    """Whether a cell has a word that headings are made of, or is written as only headings are."""
    text = cell.strip()
    if len(text) > LONGEST_HEADING:
        return False
    words = _WORD.findall(_CAMEL_CASE.sub(" ", text).lower())
    return not _WORDS.isdisjoint(words) or _HEADING_STYLE.search(text) is not None
