"""The students: their fields, and the rules that look at more than one cell."""

from backdrop_tui.records.birth_dates.cell_rules import BIRTH_DATE_RULES
from backdrop_tui.records.birth_dates.findings import BIRTH_DATE_FINDINGS
from backdrop_tui.records.birth_dates.suggestion_rules import BIRTH_DATE_SUGGESTIONS
from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.fields.gender import GENDER
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.fields.other_identifiers import ADMISSION_NUMBER, BACKDROP_ID
from backdrop_tui.records.fields.registration_group import REGISTRATION_GROUP
from backdrop_tui.records.fields.upn import FORMER_UPN, UPN
from backdrop_tui.records.fields.year_group import YEAR_GROUP
from backdrop_tui.records.leaving import STUDENT_STATE_KEYS
from backdrop_tui.records.linkage_problems import (
    OF_ANY_KIND,
    UPN_CHANGED,
    UPN_KEPT,
    UPN_TAKEN,
)
from backdrop_tui.records.namesakes import NAMESAKES
from backdrop_tui.records.registration_groups.damaged import DAMAGED
from backdrop_tui.records.registration_groups.variants import VARIANTS
from backdrop_tui.records.schema.field import folded_headings
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.unique import unique_in_file
from backdrop_tui.records.stored_upns import STORED_UPN
from backdrop_tui.records.texts.capitals import names_in_capitals
from backdrop_tui.records.texts.garbled import garbled_texts
from backdrop_tui.records.texts.whole_names import PARTS_OF_WHOLE_NAMES, WHOLE_NAMES

UPN_DUPLICATE = ProblemType("upn-duplicate", "{field} appears in more than one row", is_about_identity=True)
ADMISSION_DUPLICATE = ProblemType(
    "admission-duplicate", "{field} appears in more than one row", is_about_identity=True
)

_FIELDS = (
    FIRST_NAME,
    SURNAME,
    DATE_OF_BIRTH,
    GENDER,
    YEAR_GROUP,
    REGISTRATION_GROUP,
    UPN,
    ADMISSION_NUMBER,
)
STUDENTS = RecordKind(
    name="students",
    singular="student",
    plural="students",
    owner_words=folded_headings(
        "pupil pupils student students child childs children childrens learner learners young person disgybl disgyblion plentyn myfyriwr"
    ),
    fields=_FIELDS,
    across=(
        *WHOLE_NAMES,
        VARIANTS,
        DAMAGED,
        unique_in_file(UPN, UPN_DUPLICATE, "Check which one is right."),
        unique_in_file(ADMISSION_NUMBER, ADMISSION_DUPLICATE, "Check which one is right."),
        NAMESAKES,
        # Last, so that they don't wait for the evidence about dates while the findings are still weighing it.
        *BIRTH_DATE_RULES,
    ),
    suggestions=(*BIRTH_DATE_SUGGESTIONS, STORED_UPN, *PARTS_OF_WHOLE_NAMES),
    identifier=UPN,
    identity=(FIRST_NAME, SURNAME, DATE_OF_BIRTH),
    file_only=(FORMER_UPN, BACKDROP_ID),
    linkage_problems=(*OF_ANY_KIND, UPN_TAKEN, UPN_CHANGED, UPN_KEPT),
    findings=(BIRTH_DATE_FINDINGS, garbled_texts(_FIELDS), names_in_capitals(UPN)),
    state_keys=STUDENT_STATE_KEYS,
)
