"""Headings as they appear in exports of MISs, the NHS, the DfE, Google and Microsoft, each with where it goes."""

import pytest

from backdrop_tui.intake.matching.heading_words import Heading
from backdrop_tui.intake.matching.known_headings import known_headings, tier
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.matching import Column
from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import fold_heading
from tests.support.made_up import STAFF, STUDENTS, read, upn

VALUES = {
    "first_name": ("Ada", "Bilal", "Carys"),
    "surname": ("O'Neill", "Khan", "Price"),
    "full_name": ("O'Neill, Ada", "Khan, Bilal", "Price, Carys"),
    "date_of_birth": ("14/03/2012", "02/09/2011", "03/01/2012"),
    "gender": ("F", "M", "F"),
    "year_group": ("10", "10", "9"),
    "registration_group": ("10B", "10B", "10A"),
    "upn": (upn(1), upn(2), upn(3)),
    "admission_number": ("004217", "004218", "004219"),
    "job_role": ("Class Teacher", "Teaching Assistant", "Headteacher"),
    "user_group": ("Teachers", "TAs", "SLTs"),
    "email": ("a.oneill@school.org", "b.khan@school.org", "c.price@school.org"),
}
"""Three values of each field."""

OF_STUDENTS = {
    "first_name": "Pupil Forename|Name (First)|F Name|FIRST NM|Forename(s) of child|First Name - Legal|Learner: First Name|Learner Forename(s)|Child's First Name|CHILD_FIRST_NAME|PupilForename|Forename (Legal)|"
    "Given Name(s)|legal_forename|Enw Cyntaf y Disgybl|Child First name*|Pupil's forename|Forename of Child|"
    "First Name [Required]|Fore name|Pupil 1st Name|Student Forename (current)|pupilforename",
    "surname": "Pupil Surname|Name (Last)|Lname|SURNAME OF CHILD|Student Surname/Family Name|Legal Last Name (Student)|Learner Surname|Childs surname|CHILD_LAST_NAME|StudentSurname|Surname (Legal)|Surname of child|"
    "Pupil Family Name|Surname(s)|Cyfenw'r disgybl|Last Name [Required]|Pupil surname (required)|studentlastname",
    "full_name": "Pupils' Names|Pupil (Surname, Forename)|Name (Surname, Forename)|Forename and Surname|Child/Young Person Name|Student Full Name|Child's name|Name of Child|Full name of pupil|Pupil's Full Name|Student|Pupil|"
    "STUDENT_NAME|Enw'r disgybl|Learner Name|Surname, Forename|Name (Legal)|Child|Pupil Preferred Name|"
    "Last Name, First Name|Children's names|What is your child's full name?|Full name of the child in block capitals",
    "date_of_birth": "Child's Date of Birth|Birthdate (Pupil)|Date Of Birth (DD/MM/YYYY)*|Date of Birth - Pupil|Student DOB|Pupil DoB (dd/mm/yyyy)|CHILD_DATE_OF_BIRTH|Date of birth of child|PupilDOB|"
    "Learner's date of birth|Student Birthdate|Date of Birth (UK format)|DOB of pupil as stated",
    "gender": "Pupil Gender|Sex of pupil|Gender Code|M or F|Sex/Gender|Student Sex|CHILD_GENDER|Sex (M/F)|Gender (M or F)|Learner Sex|PupilGender|Current Gender|"
    "Gender as recorded",
    "year_group": "Current NC Year|NCY Group|YrGp|Year Gp|Year group (Sept 2026)|Stud Year|Student Year Group|CHILD_YEAR_GROUP|Curr Year|Yr Grp|Pupil Year|School Year|NC Year Group|"
    "PupilNCyearActual|Year Group 2026/27|Academic Year Group|National Curriculum Year Group|Yr Group|"
    "Blwyddyn Ysgol|Nat. Curr. Year|Year Grp.",
    "registration_group": "Tutor Grp|Reg Class|Form/Class|Class Code|Base Class|Current Tutor Group|CHILD_REGISTRATION|Student Registration Group|Reg Grp|Form Group Name|Current registration form|"
    "Pupil Class|Child's class|Reg. Group|Class 2026/27|Registration Form Name|Student Tutor Group|"
    "Dosbarth Cofrestru|Class/Form|Main Reg Group|Registraton Group",
    "upn": "Student UPN|UPN - Pupil|DfE UPN|UPN/Temp UPN|Pupil's UPN|Unique Pupil Number (UPN)|Child UPN|UPN No.|Unique Pupil No|UPN (13 characters)|PUPIL_UPN",
    "admission_number": "Pupil Admission Number|Admission Number (SIMS)|Student Adm Number|Student Admission No.|Admission Num|Student Number|Pupil No.|admission_number",
}  # fmt: skip
OF_STAFF = {
    "first_name": "Staff Forename|Employee First Name|givenName|Teacher Forename|Staff Member First Name|Member of staff forename",
    "surname": "Staff Surname|Employee Last Name|Teacher's surname|Staff last name",
    "full_name": "Staff Name|Teacher Name|Employee Full Name|Staff|displayName|Member of Staff|Name of employee|Staff Member",
    "email": "Work Email Address|E-mail Address (Work)|Email - Work|School email addr|Staff Email|School E-mail|Email Address [Required]|Primary Email|mail|Staff Work Email|"
    "WorkEmail|Employee Email Address|Email (work)|Main Email|Cyfeiriad e-bost|EMAIL_ADDRESS",
    "job_role": "Staff Role|Job|Role Title|Position Title|Role (Main)|Employee Title|jobTitle|Employee Job Title|Main Job Title|Role in School|Post Title|Staff Member's Role|Current post|"
    "Job role(s)",
    "user_group": "Staff User Group|Permission Group|UserGroup|Access group",
}  # fmt: skip
OF_NOBODY_HERE = {
    "first_name": "Contact 1 Forename|Guardian First Name|Parent Forename|Middle Name|Middle name(s)",
    "surname": "Parent 1 Surname|Carer's Surname|Previous Surname|Former Surname|Dad's surname|Birth Surname|Surname at birth|"
    "Maiden name|Surname Initial",
    "full_name": "Emergency Contact Name|Parent Name|PARENT_1_NAME|Tutor|Form Tutor|Tutor Name|Class Teacher|Teacher Name|"
    "Staff Name|Next of Kin|Priority 1 Contact|Mum's Name|Parent/Carer Name|GP Name|School Name|Name of school|"
    "House Name|Key Worker Name|Social Worker Name|Member of Staff",
    "date_of_birth": "Father's Date of Birth|Mother's DOB|Date of Admission|Leaving date",
    "year_group": "Sibling Year Group|Previous Year Group|Year of Entry|Next Year Group|Target Grade for Exam",
    "registration_group": "Sibling's class|Class Size|Previous Reg Group",
    "upn": "Sibling UPN|Mother's UPN",
}  # fmt: skip
OF_NOBODY_ON_THE_STAFF = {
    "email": "Mother's Email|Reports To Email|Old Email|Next of Kin E-mail|Home Email|Personal e-mail|Line Manager Email|Parental Email|Recovery Email|Emergency Email|Pupil Email",
    "full_name": "Line Manager Name|Pupil Name|Student|Next of Kin Name|Spouse Name|Emergency Contact Name",
    "job_role": "Department|Previous Job Title",
}  # fmt: skip


def column(kind: RecordKind, heading: str, key: str) -> Column:
    """A column with this heading and three values of a field, as it is matched."""
    rows = "".join(f'"{value}",x{n}\n' for n, value in enumerate(VALUES[key]))
    sheet = read(f'"{heading}",Zweck\n{rows}', kind, header_row=1)
    return match_columns(sheet, kind).columns[0]


def every(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(heading, key) for key, headings in table.items() for heading in headings.split("|")]


@pytest.mark.parametrize(("heading", "key"), every(OF_STUDENTS))
def test_a_heading_of_students_goes_to_its_field(heading: str, key: str) -> None:
    assert column(STUDENTS, heading, key).target == key


@pytest.mark.parametrize(("heading", "key"), every(OF_STAFF))
def test_a_heading_of_staff_goes_to_its_field(heading: str, key: str) -> None:
    assert column(STAFF, heading, key).target == key


@pytest.mark.parametrize(("heading", "key"), every(OF_NOBODY_HERE))
def test_a_heading_about_someone_or_something_else_is_never_taken_for_students(
    heading: str, key: str
) -> None:
    other = column(STUDENTS, heading, key)
    assert (other.target, other.near_miss) == (None, None)


@pytest.mark.parametrize(("heading", "key"), every(OF_NOBODY_ON_THE_STAFF))
def test_a_heading_about_someone_else_is_never_taken_for_staff(heading: str, key: str) -> None:
    other = column(STAFF, heading, key)
    assert (other.target, other.near_miss) == (None, None)


@pytest.mark.parametrize(
    ("heading", "key", "values"),
    [
        ("Student UPN used", "upn", "date_of_birth"),
        ("Gender Identity Notes", "gender", "full_name"),
        ("Class Notes", "registration_group", "surname"),
        ("Date of birth verified by", "date_of_birth", "full_name"),
    ],
)
def test_a_fields_word_in_a_heading_is_not_enough_without_its_values(
    heading: str, key: str, values: str
) -> None:
    assert column(STUDENTS, heading, values).target != key


def test_headings_are_recognised_with_words_for_whose_they_are() -> None:
    assert tier(DATE_OF_BIRTH, STUDENTS, Heading("Date of Birth of the Pupil")) is not None
    assert {tier(field, STUDENTS, Heading("Mother's Date of Birth")) for field in STUDENTS.file_fields} == {
        None
    }
    assert {fold_heading("Student UPN"), fold_heading("CHILD_LAST_NAME")} <= known_headings(STUDENTS)
