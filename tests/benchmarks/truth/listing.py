"""The scenarios of the benchmark."""

from dataclasses import replace
from datetime import date

from tests.benchmarks.truth import date_damage, text_damage, year_damage
from tests.benchmarks.truth.date_damage import (
    GUESSED,
    IN_ONE_YEAR,
    MAC_1904,
    MONTH_FIRST,
    SWAPPED,
    SWAPPED_NUMBERS,
    restyled,
)
from tests.benchmarks.truth.rows import (
    Damage,
    day_first,
    day_number,
    iso,
    short,
    utc_midnight,
    with_month_name,
)
from tests.benchmarks.truth.scenario import Scenario
from tests.benchmarks.truth.school import ACADEMIC_YEAR, SchoolType
from tests.benchmarks.truth.text_damage import UPNS
from tests.benchmarks.truth.year_damage import MIXED_CLASS, NEAR_YEAR, NURSERY, RANDOM_YEAR

_STYLES = {
    "dd/mm/yyyy": day_first,
    "ISO": iso,
    "4 Mar 2012": with_month_name,
    "4.3.12": short,
    "day numbers": day_number,
}
_ONE_YEAR = SchoolType(years=range(5, 6), out_of_year=0)
# In a class of two years, nothing tells who is taught out of their year.
_MIXED = SchoolType(out_of_year=0)
_WITH_NURSERY = SchoolType(years=range(-2, 7), out_of_year=0)
_MANY_OUT = SchoolType(out_of_year=1 / 100)
_LAST_YEAR = (year_damage.year_off(-1), year_damage.LAST_YEARS_FORM)
_CLASS_SIZES = (22, 30)
_BIG = (60, 300, 1200, 20_000)
_SMALL = (300,)

_CLEAN = (
    *(Scenario(f"clean, {name}", aim="clean", style=style, rates=(0,), sizes=_BIG) for name, style in _STYLES.items()),
    Scenario("clean, one class", aim="clean", school=_ONE_YEAR, rates=(0,), sizes=_CLASS_SIZES),
    Scenario("clean, with nursery", aim="clean", school=_WITH_NURSERY, rates=(0,)),
    Scenario("clean, many out of their year", aim="clean", school=_MANY_OUT, rates=(0,), sizes=_BIG),
    Scenario("clean, stored before", aim="clean", stored=(), rates=(0,)),
    Scenario("clean, forms 1-1A beside 11A", aim="clean", school=SchoolType(two_spellings=True), rates=(0,)),
    *(
        Scenario(f"clean, {damages[0].name}", aim="clean", whole=damages, rates=(0,))
        for damages in ((year_damage.YEAR_FORMS,), (year_damage.MALE_FEMALE,), text_damage.CURLY, text_damage.DECOMPOSED)
    ),
)  # fmt: skip

_SWAPPED = (
    *(Scenario(f"swapped, {name}", (SWAPPED,), "swapped", style=style) for name, style in _STYLES.items()),
    Scenario("swapped, big school", (SWAPPED,), "swapped", sizes=(20_000,)),
    Scenario("swapped, day numbers among texts", (SWAPPED_NUMBERS,), "swapped"),
    Scenario("swapped, in one year group", (IN_ONE_YEAR,), "swapped", rates=(1,), sizes=(1200,)),
    Scenario("swapped, one class", (SWAPPED,), "swapped", school=_ONE_YEAR, sizes=_CLASS_SIZES),
    Scenario("swapped, many out of their year", (SWAPPED,), "swapped", school=_MANY_OUT),
    Scenario("swapped, in last year's list", (SWAPPED,), "swapped", whole=_LAST_YEAR,
             school=SchoolType(years=range(2, 14)), list_year=ACADEMIC_YEAR - 1, answers={"academic-year": "move-up"}),
    Scenario("swapped, in mixed classes", (SWAPPED,), "other", whole=(MIXED_CLASS,), school=_MIXED),
    Scenario("swapped, with some mixed classes", (SWAPPED, MIXED_CLASS), "other", school=_MIXED),
    Scenario("swapped, with nursery", (SWAPPED,), "other", whole=(NURSERY,), school=_WITH_NURSERY),
    Scenario("swapped, random years", (SWAPPED,), "other", whole=(RANDOM_YEAR,),
             undecidable="the year groups mean nothing, and nobody is stored"),
    Scenario("swapped, no years", (SWAPPED,), "other", school=SchoolType(without_years=True),
             undecidable="there are no year groups, and nobody is stored"),
    Scenario("swapped, years with mistakes", (SWAPPED, NEAR_YEAR), "other", rates=(0.01, 0.05)),
)  # fmt: skip

_STORED = (
    Scenario("swapped, right ones stored", (SWAPPED,), "swapped", stored=()),
    Scenario("swapped, random years, right ones stored", (SWAPPED,), "other", whole=(RANDOM_YEAR,), stored=()),
    Scenario("swapped, no years, right ones stored", (SWAPPED,), "swapped", school=SchoolType(without_years=True), stored=()),
    Scenario("right, swapped ones stored", stored=(SWAPPED,), stored_in_part=True),
    Scenario("right, guessed ones stored", stored=(GUESSED,), stored_in_part=True),
    Scenario("swapped, swapped ones stored", (SWAPPED,), "swapped", stored=(SWAPPED,)),
    Scenario("right, swapped ones stored, random years", whole=(RANDOM_YEAR,), stored=(SWAPPED,), rates=(0,),
             undecidable="file and store disagree, and the year groups mean nothing"),
    Scenario("right, month-first ones stored", stored=(MONTH_FIRST,), rates=(0,)),
    Scenario("capitals, right ones stored", text_damage.CAPITALS, stored=(), rates=(0.05, 1), sizes=_SMALL),
    *(Scenario(f"{damage.name}, right ones stored", (damage,), stored=(), sizes=_SMALL) for damage in UPNS[:3]),
)  # fmt: skip

_DATES = (
    Scenario("month-first", (MONTH_FIRST,), "other"),
    Scenario("month-first, 12 among 710", (MONTH_FIRST,), "other", rates=(12 / 710,), sizes=(722,)),
    Scenario("1904 day numbers", (MAC_1904,), style=day_number),
    Scenario("1904 day numbers, swapped", (SWAPPED,), "other", style=day_number, whole=(MAC_1904,)),
    Scenario("UTC midnights", (restyled("UTC midnights", utc_midnight),)),
    *(
        Scenario(damage.name, (damage,), sizes=_SMALL)
        for damage in (date_damage.LETTER_O, date_damage.DASHES, date_damage.SOLID, date_damage.YEAR_15,
                       date_damage.AT_NIGHT, date_damage.WEEKDAY)
    ),
)  # fmt: skip

_YEARS = (
    Scenario("last year's list", whole=_LAST_YEAR, school=SchoolType(years=range(2, 14)), rates=(0,),
             list_year=ACADEMIC_YEAR - 1, answers={"academic-year": "move-up"}),
    Scenario("next year's list in July", today=date(ACADEMIC_YEAR, 7, 20), rates=(0,), answers={"academic-year": "set-year"}),
    Scenario("next year's list in July, swapped", (SWAPPED,), "swapped", today=date(ACADEMIC_YEAR, 7, 20),
             answers={"academic-year": "set-year"}),
    Scenario("last year's list, this year's stored", whole=_LAST_YEAR, school=SchoolType(years=range(2, 14)), rates=(0,),
             stored=(), list_year=ACADEMIC_YEAR - 1, answers={"academic-year": "move-up"}),
    Scenario("a list of two years ago", whole=(year_damage.year_off(-2),), school=SchoolType(years=range(3, 14)), rates=(0,),
             list_year=ACADEMIC_YEAR - 2),
    Scenario("year groups one year off", (NEAR_YEAR,)),
    Scenario("random year groups", (RANDOM_YEAR,)),
    Scenario("mixed classes", (MIXED_CLASS,), school=_MIXED),
    Scenario("Nursery", (NURSERY,), school=_WITH_NURSERY),
)  # fmt: skip


def _of_each(damages: tuple[Damage, ...]) -> tuple[Scenario, ...]:
    return tuple(Scenario(damage.name, (damage,), sizes=_SMALL) for damage in damages)


def _of_names(*damages: tuple[Damage, ...]) -> tuple[Scenario, ...]:
    """Scenarios of damages that first names and surnames share."""
    return tuple(Scenario(pair[0].name, pair, sizes=_SMALL) for pair in damages)


_CELLS = (
    *_of_names(*text_damage.GARBLED.values(), text_damage.ENTITIES, text_damage.REPLACED, text_damage.QUESTIONED),
    *_of_names(text_damage.CAPITALS, text_damage.SMALL, text_damage.INVISIBLE),
    *_of_each((text_damage.TITLES, *UPNS, year_damage.BOY_GIRL, year_damage.NUMBERED)),
    *_of_each((*text_damage.EXCEL_ERRORS, *text_damage.FORMULAS, *text_damage.APOSTROPHES, *text_damage.SPACES)),
    *_of_each((year_damage.VARIANTS, year_damage.LOWER_CASE)),
    Scenario("forms 2-1 read by Excel", (year_damage.BY_EXCEL,), school=SchoolType(form="{year}-{number}"), sizes=_SMALL),
    Scenario("forms 1E1 read by Excel", (year_damage.BY_EXCEL,), school=SchoolType(form="{year}E{number}"), sizes=_SMALL),
    Scenario("variants of forms 1-1A beside 11A", (year_damage.LOWER_CASE,), school=SchoolType(two_spellings=True), sizes=_SMALL),
)  # fmt: skip

_EVERYTHING = Scenario(
    "a bit of everything",
    (
        SWAPPED, NEAR_YEAR, date_damage.LETTER_O, year_damage.BOY_GIRL, year_damage.VARIANTS, UPNS[0], UPNS[2],
        *text_damage.GARBLED["UTF-8 read as cp1252"], *text_damage.ENTITIES, text_damage.TITLES, *text_damage.EXCEL_ERRORS,
    ),
    rates=(0.01, 0.05, 0.2),
)  # fmt: skip

SCENARIOS: tuple[Scenario, ...] = (
    *_CLEAN,
    *_SWAPPED,
    *_DATES,
    *_YEARS,
    *_STORED,
    *_CELLS,
    _EVERYTHING,
    replace(_EVERYTHING, name="a bit of everything, right ones stored", stored=()),
)
"""All scenarios, in the order in which they are printed."""
