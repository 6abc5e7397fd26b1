"""What tells people apart besides UPNs and e-mail addresses: admission numbers of an MIS, and Back:drop's own ids."""

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
"""A student's number in the school's MIS."""
BACKDROP_ID = Field(
    key="backdrop_id",
    label="Back:drop ID",
    headings=folded_headings("backdropid"),
    hint="as an export has it, or blank",
    example="bd-0123456789abcdef",
    needed=False,
    in_template=False,
    recognised_by_values=False,
    fast_path=FastPath(sure=TEXT.str.contains("^bd-[0-9a-f]{16}$"), covers=frozenset()),
)
"""Back:drop's own id, by which an exported file is recognised when it is imported again. Only a file has it as a field."""
