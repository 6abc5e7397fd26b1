"""Headings that no list has, as schools and their systems write them: abbreviated, turned round, in Welsh or Irish."""

from collections.abc import Sequence
from itertools import zip_longest
from random import Random

import pytest

from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from tests.support.exports import cell, written
from tests.support.made_up import read

_VALUES = {
    "first_name": "first", "surname": "last", "date_of_birth": "dob", "gender": "sex", "year_group": "year",
    "registration_group": "form", "upn": "upn", "admission_number": "number", "job_role": "role", "user_group": "group", "email": "email",
}  # fmt: skip
"""The kind of made-up values of each field."""


def targets(columns: Sequence[tuple[str, str]], kind: RecordKind) -> list[str | None]:
    """Where the columns of a file go, given their headings and the kinds of their values."""
    random = Random(1)  # noqa: S311 - made-up data
    rows = [[cell(values, random, number) for _, values in columns] for number in range(1, 9)]
    sheet = read(written([[heading for heading, _ in columns], *rows]), kind, header_row=1)
    return [column.target for column in match_columns(sheet, kind).columns]


STUDENT_HEADINGS = {
    "first_name":
        "Forename(s) | First name(s) | Fore Name | F'name | Fname | F Name | Given Name(s) | Christian Name | Legal "
        "first name(s) | Child's First Name | Pupil's preferred name | Pupil preferred forename | Preferred first "
        "name | Chosen forename | Learner's given name | First Name (legal) | Ainm | Enw Cyntaf y Plentyn | Enw "
        "cyntaf disgybl | Forename 1 | Pupil_Fname | stu_first_name | firstname1 | Legal Forename (as on birth "
        "certificate) | First Nm | Pupil Forename 1 | Forename of Child | Child – First name | Pupil First Name "
        "(Legal) | CHILD FORENAME(S) | Full Forenames | All forenames | Name - First | Student: First name | Usual "
        "forename | Given Names (Legal) | StudentFirstName | st_forename | P_FORENAME | PupilForenameLegal | "
        "ChildFName | 1st Name | First/Given Name | Forename / First Name | Enw(au) cyntaf",
    "surname":
        "Legal last name | S'name | Sname | Lname | L Name | Sur Name | Last Name(s) | Family name(s) | Surname "
        "(legal) | Second name | Sloinne | Cyfenw'r Disgybl | Cyfenw cyfreithiol | Child Family Name | stu_last_name "
        "| Pupil_Sname | Legal Family Name of Pupil | Legal Surname of Child | SURNAME/FAMILY NAME | Last Nm | Pupil "
        "last name (legal) | Surname(s) | Student: Surname | P_SURNAME | ChildLName | Pupil Surnames | Name - Last | "
        "Family / last name | Name (Surname) | Legal Sname | Surname Legal",
    "date_of_birth":
        "D.O.B. (dd/mm/yyyy) | DOB: | DoB of child | Date of Birth (DOB) | D.o.B | D/O/B | Birth Dt | Date Birth | "
        "DateOfBirthText | Dt of Birth | B'day | Bday | Birthdate (UK) | Pupil Date of Birth dd-mm-yy | Dyddiad "
        "Geni'r Plentyn | Dyddiad geni (DD/MM/BBBB) | Dáta Breithe | Age/DOB | Birth Date (dd/mm/yy) | "
        "Date_Of_Birth__c | Child's DOB (dd/mm/yyyy) | Student Birthdate | Birth date of pupil | d.o.b. "
        "day/month/year | DOB [DD/MM/YYYY] | DATE OF BIRTH* | DOB Text | Date of birth (from passport) | BirthDate1 | "
        "Pupil D.O.B",
    "gender":
        "Sex at birth | Legal Sex | Gender Identity | Sex (M/F) | Gender code | Sex Description | Pupil's sex | Gndr "
        "| Boy/Girl | M or F | Rhywedd | Inscne | Male/Female | Sex assigned at birth | Sex registered at birth | "
        "Legal gender | Gender (Legal) | Sex Code | Student Gender Code | Gender at birth | What is the child's sex? "
        "| SEX_OF_CHILD",
    "year_group":
        "NCY | NCYr | NC Yr | Yr Gp | Yr Grp | Yr Group | YrGp | YG | Yr. | School Year | Year Group Name | Year "
        "group code | Pupil Year Grp | NC Year Actual | Nat Curr Year | Curric Year | National Curriculum Yr Group | "
        "Year Level | Current NC year | Blwyddyn Ysgol | Grŵp Blwyddyn | Year Gp. | Yr (26/27) | Year in Sept 2026 | "
        "Year group at 1 September 2026 | Academic Year Group | Year Group 2026/27 | Pupil's current year group | Yr "
        "Grp Sept 26 | N.C. Year | NC Year Group | National Curriculum Year Group | Actual NC Year | Year Taught | "
        "Year/Grade | Year of study | Year Grp. | School year group | CHILD_YEAR | Y/G | YearGroupCode | Yr/Grp | "
        "What year is the child in?",
    "registration_group":
        "Tutor grp | Tut Grp | TG | Reg Gp | Reg. Group | Regn Group | Reg Class | Regis Grp | Form Gp | Form Grp | "
        "Form/Class | Class/Form | Form Class | Class Group | Class code | Tutor Group Code | Base Class | "
        "Registration Class | Reg Form | Home Room | HomeGroup | Form Name | Tutorial Group | Pastoral group | "
        "Dosbarth Cofrestru | Grŵp Cofrestru | Grŵp tiwtor | Rang | Class name 2026-27 | Form/Tutor Group | "
        "Registration Group Name | Current Form | Tutor Group Name | Registration group (2026/27) | Class / "
        "Registration group | Class Name | Class | Pupil's class | TutorGrp | Reg | Reg. | RegGp | Regn | Form group "
        "code | Primary Class | Primary Registration Form | Form Description | Class Description | Registration Grp | "
        "Mentor group | VT group | Vertical tutor group",
    "upn":
        "UPN No | UPN Number | Unique Pupil No. | Unique Pupil Ref | Unique Pupil Number (UPN) | Pupil UPN no | "
        "National Pupil Number | Rhif UPN | UPN (current) | DfE UPN | U.P.N. | UPN* | Unique Pupil No | Unique Pupil "
        "Number* | UPN (13 characters) | Pupil UPN Number | Current UPN | UPN code | UPNNo",
    "admission_number":
        "Adm. No | Admission no. | Admissions Number | Adm Num | AdmNo | SIMS Admission Number | MIS Student ID | "
        "Rhif Derbyn | Pupil Admission No. | Admission Num. | Admission Ref | School admission number | Adm #",
}  # fmt: skip
"""Headings of each field of students."""
STAFF_HEADINGS = {
    "first_name":
        "Forename(s) | Staff First Name | Teacher Forename | Colleague first name | Employee Given Name | Staff "
        "Member Forename | Legal First Name (Staff) | Emp First Name | Employee Fname | User First Name",
    "surname":
        "Surname of employee | Staff Sname | Staff Lname | Emp Last Name | Worker surname | User Last Name",
    "email":
        "Work e-mail 1 | E-mail (work) | Work Email Addr | School E-mail Address | Business email | Corporate Email | "
        "Office 365 email | Email Address 1 | Primary e-mail | Professional Email | E Mail | Cyfeiriad e-bost | "
        "E-bost gwaith | User Email | Official email | Teacher email | Staff e-mail address | Work Email Address "
        "(primary) | E-mail Address - Work | Email - work | Email (school) | Emp Email | Trust email | Organisation "
        "Email | Outlook email | Google email | Login email | Email/Username",
    "job_role":
        "Post held | Position Title | Role in school | Job Description | Job | Role description | Occupation | "
        "Primary Role | Current Role | Main Job Title | Employee Role | Role/Position | Post Description | Job "
        "Role(s) | Role Name | Staff Position | Teitl swydd | Contract Post | Job title 1 | Staff Role(s) | Main post "
        "| Job Title/Role | Role / Job title | Title of post | Post (main) | Job Role Description | Position in "
        "School | Staff Job Title | Employment Role | Job title (main) | Staff category description | Contract Role "
        "Title | Employee Position Title | Profession | Work role | School Role",
    "user_group":
        "Permission | Permissions Group | Access Level | Role Group | Security Role | Rights | User role | User type "
        "| User permission group | Access Group Name | Security groups | System Access | Group(s)",
}  # fmt: skip
"""Headings of each field of staff."""
OTHERS_OF_STUDENTS = (
    "Stage ~ year | Admin No ~ number | SCN ~ number | Scottish Candidate Number ~ number | ULN ~ number | NHS No "
    "~ nhs | Candidate No ~ number | Exam No ~ number | CHI Number ~ nhs | House ~ House Red | Tutor ~ name | "
    "Form Tutor ~ name | Class Teacher ~ name | Head of Year ~ name | Former Surname ~ last | "
    "Middle Name(s) ~ first | Mother's surname ~ last | Parent DOB ~ dob | Sibling year group ~ year | Date of "
    "entry ~ dob | Year of entry ~ 2021 | Last School Year ~ year | Previous School ~ Hill | Doctor ~ name | "
    "Teaching Group ~ form | Maths set ~ form | Set ~ form | Emergency contact name ~ name | Next year's form ~ "
    "form | Ethnicity ~ White | First Language ~ English | Home Language ~ English | Name of previous school ~ "
    "Hill Primary | Social worker name ~ name | Key Worker ~ name | GP name ~ name | Keyworker surname ~ last | "
    "Medical condition ~ yes | Bus pass name ~ yes | Name of bus stop ~ High Street | Roll Number ~ number | Roll "
    "No ~ number | Locker number ~ number | Register number ~ number | Sibling UPN ~ upn | "
    "Sibling's name ~ name | Sibling forename ~ first | Parent 1 First Name ~ first | Contact 1 Surname ~ last | "
    "Priority 1 contact ~ name | Parental responsibility ~ yes | Father Surname ~ last | Guardian Sex ~ sex | "
    "Teacher Surname ~ last | Teacher's name ~ name | Class teacher surname ~ last | Birth certificate seen ~ yes "
    "| Country of birth ~ England | Place of birth ~ Leeds | Birth Country ~ England | Date of Admission ~ dob | "
    "Admission date ~ dob | Date left ~ dob | Leaving Date ~ dob | School Name ~ Hill School | Establishment name "
    "~ Hill School | House Name ~ Red House | Bus name ~ Blue | Religion name ~ Hindu | Middle name ~ first | "
    "Middle Initial ~ M | Previous surname ~ last | Birth surname ~ last | Maiden name ~ last | Year left ~ 2021 "
    "| Year joined ~ 2021 | Intake Year ~ 2021 | Cohort Start Year ~ 2021 | Year Tutor ~ name | Head of house ~ "
    "name | Maths class ~ form | English set ~ form | Reading group ~ form | Ethnic group ~ White | Age group ~ "
    "5-7 | Blood group ~ A+ | Class size ~ 28 | Gender of sibling ~ sex | SEN stage ~ K | Key stage ~ KS2 | Free "
    "school meals ~ yes | Last attended class ~ form | After school club ~ Chess"
)
OTHERS_OF_STAFF = (
    "Grade ~ role | Duties ~ role | Responsibility ~ role | Personal email ~ email | Home e-mail ~ email | Line "
    "Manager ~ name | Line manager email ~ email | Next of kin ~ name | Department ~ Maths | Date of birth ~ dob "
    "| Former surname ~ last | Title ~ title | Initials ~ AB | Staff code ~ number | Teacher "
    "number ~ number | Emergency contact name ~ name | Alternative email ~ email | Emergency "
    "contact email ~ email | Personal e-mail address ~ email | Manager ~ name | Line Manager Surname ~ last | "
    "Start date ~ dob | Subject ~ Maths | Room ~ R1 | Job start date ~ dob | Job code ~ number | Post number ~ "
    "number | Postcode ~ postcode | Post Town ~ Leeds | Role start date ~ dob | Position number ~ number | "
    "Grade/Scale ~ role | Tutor group ~ form | Class taught ~ form | Middle name ~ first | Previous surname ~ "
    "last"
)
"""Headings about other things and other people, each with its kind of values."""


@pytest.mark.parametrize("kind", [STUDENTS, STAFF], ids=lambda kind: kind.name)
def test_a_heading_is_matched_with_its_field(kind: RecordKind) -> None:
    by_field = {STUDENTS: STUDENT_HEADINGS, STAFF: STAFF_HEADINGS}[kind]
    unmatched = []
    for headings in zip_longest(*(headings.split(" | ") for headings in by_field.values())):
        wanted = [(heading, key) for heading, key in zip(headings, by_field, strict=True) if heading]
        reached = targets([(heading, _VALUES[key]) for heading, key in wanted], kind)
        unmatched += [column for column, target in zip(wanted, reached, strict=True) if target != column[1]]
    assert unmatched == []


@pytest.mark.parametrize("kind", [STUDENTS, STAFF], ids=lambda kind: kind.name)
def test_a_heading_about_something_else_is_matched_with_nothing(kind: RecordKind) -> None:
    others = {STUDENTS: OTHERS_OF_STUDENTS, STAFF: OTHERS_OF_STAFF}[kind]
    columns = [(heading, values) for heading, values in (pair.split(" ~ ") for pair in others.split(" | "))]
    reached = zip(columns, targets(columns, kind), strict=True)
    assert [(heading, target) for (heading, _), target in reached if target] == []
