"""Rows of headings as school systems and office staff write them, and made-up rows that fit below them."""

import csv
import io
from collections.abc import Iterator
from random import Random

_FIRST = (
    "Ada",
    "Bilal",
    "Carys",
    "Dee",
    "Ewa",
    "Finlay",
    "Grace",
    "Harry",
    "Isla",
    "José",
    "Zoë",
    "Mary Ann",
)
_LAST = (
    "Okoro",
    "Khan",
    "Price",
    "Jones",
    "Nowak",
    "O'Neill",
    "Pope",
    "Smith-Lee",
    "de la Cruz",
    "Müller",
    "Day",
    "Houseman",
)
_ROLES = (
    "Teacher",
    "Class Teacher",
    "Teaching Assistant",
    "Headteacher",
    "Cook",
    "Site Manager",
    "Head of Year",
    "Form Tutor",
)
_GROUPS = ("Teachers", "TAs", "SLT", "Admin Team", "DSLs")


def _date(random: Random) -> tuple[int, int, int]:
    return random.randint(1, 28), random.randint(1, 12), random.randint(2008, 2020)


def cell(what: str, random: Random, number: int) -> str:  # noqa: C901, PLR0911, PLR0912 - one line for each kind of column
    """A made-up value.

    Args:
        what: The kind of column; a kind that isn't listed stands for text of its own, which every row has.
        random: Where chance comes from.
        number: The number of the row.
    """
    day, month, year = _date(random)
    first, last = random.choice(_FIRST), random.choice(_LAST)
    match what:
        case "first":
            return first
        case "last":
            return last
        case "name":
            return f"{last}, {first}" if random.random() < 0.5 else f"{first} {last}"
        case "maybe name":
            return first if random.random() < 0.3 else ""
        case "dob":
            return f"{day:02}/{month:02}/{year}"
        case "iso":
            return f"{year}-{month:02}-{day:02}"
        case "sex":
            return random.choice("MF")
        case "gender":
            return random.choice(("Male", "Female"))
        case "year":
            return random.choice(("7", "8", "9", "10", "11"))
        case "year words":
            return random.choice(("Reception", "Year 1", "Year 2", "Year 3"))
        case "form":
            return f"{random.randint(7, 11)}{random.choice('ABC')}"
        case "class":
            return random.choice(("Oak", "Ash", "Elm Class", "Miss Lee"))
        case "upn":
            return f"H8012000{random.randint(10000, 99999)}"
        case "maybe upn":
            return cell("upn", random, number) if random.random() < 0.5 else ""
        case "number":
            return str(random.randint(1000, 9999))
        case "row":
            return str(number)
        case "nhs":
            return f"999{random.randint(1000000, 9999999)}"
        case "phone":
            return f"07700 900{random.randint(0, 999):03}"
        case "email":
            return f"{first[0].lower()}.{number}@example.com"
        case "postcode":
            return f"AB{random.randint(1, 9)} {random.randint(1, 9)}CD"
        case "address":
            return f"{random.randint(1, 99)} High Street"
        case "relation":
            return random.choice(("Mother", "Father", "Gran"))
        case "yes":
            return random.choice(("Yes", "No", ""))
        case "title":
            return random.choice(("Mr", "Mrs", "Ms", "Dr"))
        case "role":
            return random.choice(_ROLES)
        case "group":
            return random.choice(_GROUPS)
        case "blank":
            return ""
        case _:
            return what


def columns(layout: str) -> tuple[list[str], list[str]]:
    """The headings and the kinds of values of a layout: `DOB ~ dob | Year ~ year`."""
    pairs = [column.split(" ~ ") for column in layout.split(" | ")]
    return [heading.replace("\\n", "\n").strip() for heading, _ in pairs], [kind.strip() for _, kind in pairs]


def rows(layout: str, count: int, seed: int = 0) -> Iterator[list[str]]:
    """Made-up rows for a layout."""
    random, (_, kinds) = Random(seed), columns(layout)  # noqa: S311 - made-up data
    return ([cell(kind, random, number) for kind in kinds] for number in range(1, count + 1))


def written(lines: list[list[str]], delimiter: str = ",") -> str:
    """Lines as a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    return text.getvalue()


STUDENTS_EXPORTS = (
    # NHS school-age immunisation: class lists and cohort lists
    "PARENT_1_NAME ~ name | PARENT_1_RELATIONSHIP ~ relation | PARENT_1_EMAIL ~ email | PARENT_1_PHONE ~ phone | PARENT_2_NAME ~ blank | CHILD_FIRST_NAME ~ first | CHILD_LAST_NAME ~ last | CHILD_PREFERRED_FIRST_NAME ~ maybe name | CHILD_DATE_OF_BIRTH ~ dob | CHILD_YEAR_GROUP ~ year | CHILD_REGISTRATION ~ form | CHILD_GENDER ~ gender | CHILD_POSTCODE ~ postcode | CHILD_NHS_NUMBER ~ nhs",
    "CHILD_FIRST_NAME ~ first | CHILD_LAST_NAME ~ last | CHILD_DATE_OF_BIRTH ~ iso | CHILD_REGISTRATION ~ class",
    "CHILD_SCHOOL_URN ~ number | CHILD_FIRST_NAME ~ first | CHILD_LAST_NAME ~ last | CHILD_DATE_OF_BIRTH ~ iso | CHILD_ADDRESS_LINE_1 ~ address | CHILD_TOWN ~ Leeds | CHILD_POSTCODE ~ postcode",
    "PERSON_FORENAME ~ first | PERSON_SURNAME ~ last | PERSON_DOB ~ dob | SCHOOL_URN ~ 123456 | SCHOOL_NAME ~ Hill School",
    "NHS Number ~ nhs | Forename(s) ~ first | Surname ~ last | Date of Birth (dd/mm/yyyy) ~ dob | Address 1 ~ address | Post Code ~ postcode",
    # SIMS
    "Adno ~ number | Legal Surname ~ last | Legal Forename ~ first | DOB ~ dob | Gender ~ sex | Year ~ year | Reg ~ form | UPN ~ upn",
    "Surname Forename ~ name | Reg ~ form | Year taught in Code ~ year | Date of birth ~ dob",
    "Forename ~ first | Surname ~ last | Year Group ~ year words | Registration Group ~ class | House ~ Red | Date of Birth ~ dob | SEN Status ~ yes",
    "Preferred Surname ~ last | Preferred Forename ~ first | Year ~ year | Reg Group ~ form",
    "Student Name ~ name | Adm No. ~ number | Yr Grp ~ year | Tutor Group ~ form | Tutor ~ name",
    # Arbor
    "Arbor Student ID ~ number | Legal First Name ~ first | Legal Last Name ~ last | Date of birth ~ dob | Sex ~ gender | Year group (for 2026/2027) ~ year | Registration form (for 2026/2027) ~ form | UPN ~ upn",
    "Student ~ name | Date of Birth ~ dob | Current Year Group ~ year words | Current Reg Form ~ class",
    "Student: Legal first name ~ first | Student: Legal last name ~ last | Student: DOB ~ dob | Guardian: Email ~ email",
    # Bromcom, ScholarPack, iSAMS, Engage, Pupil Asset, Integris
    "Legal Forename ~ first | Legal Surname ~ last | Birth Date ~ dob | Gender ~ sex | Curriculum Year ~ year | Tutor Group ~ form | Unique Pupil Number ~ upn",
    "pupilId ~ number | firstName ~ first | lastName ~ last | dateOfBirth ~ iso | yearGroup ~ year | className ~ class",
    "Pupil ID ~ number | Forename ~ first | Surname ~ last | DoB ~ dob | NCY ~ year | Form ~ form | Boarding House ~ Drake",
    "txtForename ~ first | txtSurname ~ last | txtDOB ~ dob | intNCYear ~ year | txtForm ~ form",
    "First Names ~ first | Family Name ~ last | Born ~ dob | M/F ~ sex | Year ~ year words | Class ~ class",
    "PupilFirstname ~ first | PupilSurname ~ last | PupilDOB ~ dob | PupilYear ~ year | PupilClass ~ class",
    # DfE: common transfer file, census, get information about pupils
    "UPN ~ upn | Surname ~ last | Forename ~ first | DOB ~ iso | Gender ~ sex | NCyearActual ~ year",
    "PupilUPN ~ upn | PupilSurname ~ last | PupilForename ~ first | PupilDOB ~ iso | PupilSex ~ sex | FormerUPN ~ blank",
    "URN ~ 123456 | LAESTAB ~ 8012000 | UPN ~ upn | ULN ~ nhs | SURNAME ~ last | FORENAME ~ first | DOB ~ dob | SEX ~ sex | NCYEAR ~ year",
    "pupil_upn ~ upn | pupil_surname ~ last | pupil_forename ~ first | pupil_dob ~ iso | pupil_nc_year ~ year",
    "Academic Year ~ 2026/27 | UPN ~ upn | Pupil Surname ~ last | Pupil Forename ~ first | Date Of Birth ~ dob | NC Year ~ year",
    # Google, Microsoft
    "First Name [Required] ~ first | Last Name [Required] ~ last | Email Address [Required] ~ email | Org Unit Path [Required] ~ /Students/Year 10 | Password [Required] ~ ****",
    "givenName ~ first | surname ~ last | userPrincipalName ~ email | department ~ form | jobTitle ~ Student",
    "SIS ID ~ number | School SIS ID ~ 1234 | First Name ~ first | Last Name ~ last | Grade ~ year | Username ~ email",
    "sourcedId ~ number | orgSourcedIds ~ 1234 | username ~ email | givenName ~ first | familyName ~ last | role ~ student | sex ~ gender | grade ~ year | birthDate ~ iso | preferredGivenName ~ first",
    "sourcedId ~ number | status ~ active | enabledUser ~ true | givenName ~ first | familyName ~ last | identifier ~ upn | grades ~ year | birthDate ~ iso",
    "Display name ~ name | User principal name ~ email | Year of entry ~ 2021 | Form ~ form",
    # school nursing, CPOMS, MyConcern, Scotland
    "NHS_NUMBER ~ nhs | CHILD_FAMILY_NAME ~ last | CHILD_GIVEN_NAME ~ first | CHILD_DOB ~ iso | CHILD_SEX ~ sex | SCHOOL_URN ~ 123456 | NC_YEAR ~ year | CLASS_NAME ~ form | PARENT1_NAME ~ name | PARENT1_PHONE ~ phone",
    "CPOMS ID ~ row | MIS ID ~ number | Surname ~ last | Forename ~ first | DOB ~ dob | Gender ~ gender | Year Group ~ year | Registration Group ~ form | Flags ~ blank",
    "Pupil Name ~ name | Date of Birth ~ dob | Year Group ~ year | Class/Form ~ form | Open Concerns ~ row",
    "SCN ~ number | Forename ~ first | Surname ~ last | Date of Birth ~ dob | Sex ~ sex | Stage ~ S1 | Registration Class ~ form",
    # office staff
    "Pupil 1st Name ~ first | Pupil 2nd Name ~ last | Yr 2026 ~ year | Form 26/27 ~ form | D.O.B 1 ~ dob",
    "Surname* ~ last | First name* ~ first | D.O.B.* ~ dob | Yr* ~ year | Reg ~ form",
    "No. ~ row | Name ~ name | DOB ~ dob | Class ~ class",
    "# ~ row | Child's name ~ name | Birthday ~ dob | Year ~ year words",
    "First\\nName ~ first | Sur-\\nname ~ last | Date of\\nBirth ~ dob | Year\\nGroup ~ year | Tutor\\nGroup ~ form",
    "First ~ first | Last ~ last | Birth ~ dob | Yr ~ year | Grp ~ form",
    "FORENAME ~ first | SURNAME ~ last | D O B ~ dob | SEX ~ sex | YR ~ year | REG ~ form",
    "forename ~ first | surname ~ last | dob ~ dob | gender ~ gender | year ~ year | reg group ~ form | medical ~ yes | allergies ~ yes",
    "Enw Cyntaf ~ first | Cyfenw ~ last | Dyddiad Geni ~ dob | Rhyw ~ sex | Blwyddyn ~ year | Dosbarth ~ class",
    "Child first name: ~ first | Child surname: ~ last | Child DOB: ~ dob | Year from September 2026: ~ year | Class: ~ class",
    "Forename ~ first | Surname ~ last | Year ~ year | Reg ~ form | 07/09/2026 ~ blank | 08/09/2026 ~ blank | 09/09/2026 ~ blank",
    "Forename ~ first | Surname ~ last | Week 1 ~ yes | Week 2 ~ yes | Week 3 ~ yes | DOB ~ dob",
    "Pupil name ~ name | Year 6 class ~ class | Sats reading score ~ number | DOB ~ dob",
    "Learner Forename (legal) ~ first | Learner Surname (legal) ~ last | Learner DOB (dd/mm/yyyy) ~ dob | Learner Sex (M/F) ~ sex | Learner Year (7-11) ~ year | Learner Form (e.g. 7A) ~ form",
    "Known as ~ first | Family name ~ last | When born ~ dob | Which year ~ year | Which form ~ form",
    "UPN ~ maybe upn | Pupil's forename ~ first | Pupil's surname ~ last | Pupil's date of birth ~ dob | Pupil's year group ~ year",
)  # fmt: skip
"""Layouts of lists of students: each heading with the kind of values below it."""

STAFF_EXPORTS = (
    "Title ~ title | Forename ~ first | Surname ~ last | Job Title ~ role | Work Email ~ email",
    "Staff Code ~ number | Title ~ title | Legal First Name ~ first | Legal Last Name ~ last | Role ~ role",
    "Staff Name ~ name | Post ~ role | Email ~ email",
    "First Name ~ first | Surname ~ last | Job Role ~ role | User Group ~ group",
    "First Name ~ first | Surname ~ last | Role ~ role | Group ~ group | Email ~ email",
    "EMPLOYEE_NUMBER ~ number | EMPLOYEE_FIRST_NAME ~ first | EMPLOYEE_LAST_NAME ~ last | POSITION_1_TITLE ~ role | POSITION_1_START ~ dob",
    "PersonalTitle ~ title | GivenName ~ first | FamilyName ~ last | Post ~ role | ContractStart ~ iso | NINumber ~ blank",
    "First Name [Required] ~ first | Last Name [Required] ~ last | Email Address [Required] ~ email | Employee Title ~ role | Department ~ Science",
    "Display name ~ name | User principal name ~ email | Title ~ role | Licenses ~ A3 for faculty",
    "Employee Known Name ~ name | Employee Job ~ role | Employee E-mail ~ email",
    "Surname* ~ last | Forename* ~ first | Main role (2026/27) ~ role | Work e-mail ~ email",
    "Staff: Name ~ name | Staff: Post held ~ role | Staff: E-mail ~ email | Staff: Line manager ~ name",
    "Teacher ~ name | Class(es) ~ class | Room no. ~ number | Ext. no. ~ number",
    "Last name,  First name ~ name | Position held ~ role | Start\\ndate ~ dob | Safeguarding training 1 ~ dob",
    "Enw ~ first | Cyfenw ~ last | Swydd ~ role | E-bost ~ email",
    "forename ~ first | surname ~ last | job ~ role | group ~ group",
    "NAME ~ name | JOB ~ role | RIGHTS ~ group",
    "Staff member 1st name ~ first | Staff member 2nd name ~ last | Post 2026 ~ role | Access ~ group",
    "Full Name ~ name | Email Address ~ email | Role ~ role | MyConcern Access Level ~ group",
    "Surname ~ last | First name(s) ~ first | Role ~ role | Start date ~ dob | DBS number ~ number | DBS date ~ dob | Barred list ~ yes | QTS ~ yes",
    "ID ~ row | Forename ~ first | Surname ~ last | Staff type ~ role | Username ~ email | Active? ~ yes",
    "Payroll No ~ number | Employee ~ name | Designation ~ role | FTE ~ 1.0",
)  # fmt: skip
"""Layouts of lists of staff."""
