"""Admission numbers: a student's number in the school's MIS."""

from backdrop_tui.records.schema.field import Field, folded_headings
from backdrop_tui.records.schema.problems import TOO_LONG
from backdrop_tui.records.schema.rules import TEXT, FastPath

ADMISSION_NUMBER = Field(
    key="admission_number",
    label="Admission Number",
    short="Adm No",
    width=8,
    headings=folded_headings("admissionnumber admissionno admno adno adnumber rhifderbyn"),
    fallback_headings=folded_headings("misid pupilid studentid pupilnumber studentnumber pupilno studentno"),
    owner_words=folded_headings("school"),
    hint="the student's number in your MIS, or blank",
    example="004217",
    needed=False,
    in_template=False,
    longest=20,
    # Without spaces and with a digit: such a text is clean, and no word for "blank".
    fast_path=FastPath(
        sure=TEXT.str.contains("^[A-Za-z]{0,3}[0-9][A-Za-z0-9]{0,16}$"), covers=frozenset({TOO_LONG})
    ),
)
