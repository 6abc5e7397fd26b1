"""The types of findings that comparing a whole file with the people stored can report."""

from backdrop_tui.records.schema.findings import FindingType

COLUMN_SLIPPED = FindingType(
    "column-slipped", "A column doesn't belong to its rows", "error", comes_first=True, is_remembered=False
)
NAMES_EXCHANGED = FindingType(
    "names-exchanged",
    "First names and surnames are swapped",
    "error",
    comes_first=True,
    is_remembered=False,
)
FIRST_NAMES_ALIKE = FindingType(
    "first-names-alike", "First names are not the ones stored", "error", comes_first=True, is_remembered=False
)
ANOTHER_SCHOOL = FindingType(
    "another-school", "Hardly anyone in the file is stored", "error", is_remembered=False
)
PART_OF_SCHOOL = FindingType(
    "part-of-school", "Only part of the school is in the file", "note", is_remembered=False
)
NAME_SPELLING = FindingType("name-spelling", "Names spelt differently", "note", is_remembered=False)
RIGHTS_RAISED = FindingType(
    "rights-raised",
    "Staff who would get more rights",
    "error",
    is_remembered=False,
    dismissing="Keep the user groups that they have",
)

LINKAGE_FINDINGS = {
    finding.code: finding
    for finding in (
        COLUMN_SLIPPED,
        NAMES_EXCHANGED,
        FIRST_NAMES_ALIKE,
        ANOTHER_SCHOOL,
        PART_OF_SCHOOL,
        NAME_SPELLING,
        RIGHTS_RAISED,
    )
}
"""All of them, by code."""
