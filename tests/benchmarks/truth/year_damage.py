"""Damages to year groups, genders and registration groups, and other ways of writing them."""

from random import Random

from tests.benchmarks.truth.rows import Damage, Row, rewriting
from tests.benchmarks.truth.school import code_of, number_of


def _year(row: Row) -> int:
    """The number of the row's true year group."""
    return number_of(row.pupil.year_group) or 0


def year_off(years: int) -> Damage:
    """Year groups that are off by so many years: -1 is that of last year's file."""
    name = f"year groups {'one year' if abs(years) == 1 else f'{abs(years)} years'} {'too low' if years < 0 else 'too high'}"
    return rewriting(name, "year_group", lambda row, _random: code_of(_year(row) + years))


LAST_YEARS_FORM = rewriting(
    "last year's registration groups",
    "registration_group",
    lambda row, _random: (
        code_of(_year(row) - 1) + row.pupil.registration_group.removeprefix(row.pupil.year_group)
    ),
)
"""`7A` for a pupil who is in 8A now."""
RANDOM_YEAR = rewriting(
    "random year groups", "year_group", lambda _row, random: code_of(random.randrange(14))
)
"""Year groups that mean nothing."""
NEAR_YEAR = rewriting(
    "year groups one year off, either way",
    "year_group",
    lambda row, random: code_of(min(13, max(0, _year(row) + random.choice((-1, 1))))),
)
"""Mistyped year groups."""
_YEAR_FORMS = ("Year {}", "Yr {:02}", "Y{}", "{}.0", "NC Year {}", "Yr. Group {}", "year {}", "{:02}")
_RECEPTION = ("Year R", "Reception", "Rec", "FS2", "F2", "Foundation 2", "Reception (Year 0)", "0", "r")
_NURSERY = {"N1": ("Nursery 1", "n1"), "N2": ("Nursery 2", "F1", "FS1", "n2")}


def _year_form(row: Row, random: Random) -> str:
    code = row.pupil.year_group
    if code in _NURSERY:
        return random.choice(_NURSERY[code])
    return random.choice(_RECEPTION) if code == "R" else random.choice(_YEAR_FORMS).format(int(code))


YEAR_FORMS = rewriting("year groups in many forms", "year_group", _year_form)
"""`Year 7`, `Yr 07`, `FS2`: no damage at all."""


def _mixed_class(row: Row, random: Random) -> str:
    low = _year(row) - _year(row) % 2
    names = "/".join("R" if year == 0 else str(year) for year in (low, low + 1))
    return random.choice(("Year {}", "Y{}", "Yr {}")).format(names)


MIXED_CLASS = rewriting("mixed classes", "year_group", _mixed_class)
"""`Year 4/5`."""
NURSERY = Damage(
    "Nursery for N1 and N2",
    "year_group",
    lambda row: row.pupil.year_group in _NURSERY,
    lambda row, random: row.cells.update(year_group=random.choice(("Nursery", "N", "NUR"))),
)
"""Two year groups under one name."""

_BOY_GIRL = {"M": ("Boy", "boy", "B"), "F": ("Girl", "girl", "G"), None: ("",)}
_MALE_FEMALE = {"M": ("Male", "male", "m"), "F": ("Female", "FEMALE", "f"), None: ("U", "Unknown")}
_NUMBERED = {"M": "1", "F": "2", None: ""}
BOY_GIRL = rewriting("Boy and Girl", "gender", lambda row, random: random.choice(_BOY_GIRL[row.pupil.gender]))
"""Everyday words for genders."""
MALE_FEMALE = rewriting(
    "Male and Female", "gender", lambda row, random: random.choice(_MALE_FEMALE[row.pupil.gender])
)
"""Accepted forms: no damage at all."""
NUMBERED = rewriting("genders as numbers", "gender", lambda row, _random: _NUMBERED[row.pupil.gender])
"""1 and 2, as some systems store them."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _as_excel_reads(form: str) -> str:
    """What Excel makes of a registration group on opening a CSV file."""
    first, _, second = form.partition("-")
    if first.isdigit() and second.isdigit() and 1 <= int(first) <= 31 and 1 <= int(second) <= 12:
        return f"{int(first):02}-{_MONTHS[int(second) - 1]}"
    mantissa, _, power = form.upper().partition("E")
    return f"{float(form):.2E}" if mantissa.isdigit() and power.isdigit() else form


BY_EXCEL = rewriting(
    "registration groups read by Excel",
    "registration_group",
    lambda row, _random: _as_excel_reads(row.pupil.registration_group),
)
"""`1.00E+01` for 1E1, `02-Jan` for 2-1."""


def _variant(row: Row, random: Random) -> str:
    form = row.pupil.registration_group
    year, letter = form[:-1], form[-1]
    return random.choice((form.lower(), f"{year}-{letter}", f"{year} {letter}", f"{year}.{letter.lower()}"))


VARIANTS = rewriting("variant spellings of registration groups", "registration_group", _variant)
"""`7a`, `7-A`, `7 A` for 7A."""
LOWER_CASE = rewriting(
    "registration groups in small letters",
    "registration_group",
    lambda row, _random: row.pupil.registration_group.lower(),
)
"""`7a` for 7A."""
