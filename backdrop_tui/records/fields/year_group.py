"""Year groups: their codes, how schools write them, and the ages and phases that they belong to.

On 31 August before the academic year starts, a child in N1 is 2, in N2 is 3, in R is 4, and in Year n is n + 4.
"""

from collections.abc import Mapping

import polars as pl

from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH, age_of_iso
from backdrop_tui.records.fields.year_texts import (
    CODES_OF_NUMBERS,
    STEPS,
    is_certain,
    meant_code,
    possible_codes,
    probable_code,
)
from backdrop_tui.records.schema.columns import DerivedColumn, StepColumn
from backdrop_tui.records.schema.context import Context, Phase
from backdrop_tui.records.schema.field import Field, folded_headings
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.rules import STORED, TEXT, Checks, Rule, sentence

YEAR_UNKNOWN = ProblemType("year-unknown", "{field} is not recognised")
YEAR_AMBIGUOUS = ProblemType("year-ambiguous", "{field} could be N1 or N2")
YEAR_PHASE = ProblemType("year-phase", "{field} is not one that this school has", "warning")

INSTRUCTION = "Use N1, N2, R, 1 to 14, or X."

NUMBERS: Mapping[str, int] = {code: number for number, code in CODES_OF_NUMBERS.items()}
"""Year groups in order, with their numbers: number = age - 4. `X` has none."""
YEAR_BITS: Mapping[str, int] = {code: 1 << place for place, code in enumerate(NUMBERS)}
"""A bit for each year group but `X`, so that one number can stand for several of them."""
YEAR_GROUPS: tuple[str, ...] = (*NUMBERS, "X")
"""All codes, in the order in which a school lists them. X is for children outside the National Curriculum years."""


def _range(first: str, last: str) -> frozenset[str]:
    codes = list(NUMBERS)
    return frozenset(codes[codes.index(first) : codes.index(last) + 1]) | {"X"}


PHASE_YEARS: Mapping[Phase, frozenset[str]] = {
    "nursery": _range("N1", "N2"),
    "primary": _range("N1", "6"),
    "middle": _range("4", "8"),
    "secondary": _range("7", "14"),
    "all-through": frozenset(YEAR_GROUPS),
    "sixth form": _range("12", "14"),
    "special": frozenset(YEAR_GROUPS),
}
"""The year groups that a school of each phase has."""


def in_words(code: str) -> str:
    """A year group in words: `Year 7`, `Reception`, `Nursery 1`."""
    special = {"N1": "Nursery 1", "N2": "Nursery 2", "R": "Reception", "X": "No year group (X)"}
    return special.get(code) or f"Year {code}"


def words(code: pl.Expr) -> pl.Expr:
    """A year group's code in words (String): `Year 7`, `Reception`, `Nursery 1`."""
    return code.replace_strict({code: in_words(code) for code in YEAR_GROUPS}, return_dtype=pl.String)


def years_of(phase: Phase) -> str:
    """The year groups of a phase in words: `Nursery 1 to Year 6`."""
    codes = [code for code in NUMBERS if code in PHASE_YEARS[phase]]
    return f"{in_words(codes[0])} to {in_words(codes[-1])}"


def last_year_of(phase: Phase) -> str:
    """The code of the year group after which students of a phase leave. Only special schools have Year 14 as a year of its own."""
    last = max(PHASE_YEARS[phase] - {"X"}, key=YEAR_GROUPS.index)
    return "13" if last == "14" and phase != "special" else last


def code_of_number(number: pl.Expr) -> pl.Expr:
    """The year group (String) with a number (see `NUMBERS`); null if there is none."""
    return number.replace_strict(CODES_OF_NUMBERS, default=None, return_dtype=pl.String)


def code_for_age(age: pl.Expr) -> pl.Expr:
    """The year group (String) for an age on 31 August before the academic year; null if there is none. 19 is Year 14."""
    return code_of_number(pl.when(age == 19).then(14).otherwise(age - 4))


def year_choices(context: Context) -> tuple[str, ...]:
    """The year groups of the school's phase, in order."""
    return tuple(sorted(PHASE_YEARS[context.phase], key=YEAR_GROUPS.index))


def year_checks(context: Context) -> Checks:
    """The reading of a year group, and its rules: unknown, ambiguous, or outside the school's phase."""
    usual = year_choices(context)
    is_several = pl.col("options").is_not_null()
    return Checks(
        steps=(
            *STEPS,
            {"code": meant_code()},
            {"options": pl.when(pl.col("code").is_null()).then(possible_codes())},
            {"meant": pl.coalesce(_bit_of(pl.col("code")), _bits_of(pl.col("options")))},
        ),
        stored=pl.col("code"),
        kept=("options", "meant"),
        rules=(
            Rule(
                YEAR_UNKNOWN,
                fails=(TEXT != "") & pl.col("code").is_null() & ~pl.col("is_nursery"),
                message=pl.when(is_several)
                .then(
                    sentence(
                        "“{}” can mean more than one year group. Type in the one that this student is in."
                    )
                )
                .otherwise(sentence(f"“{{}}” is not a year group. {INSTRUCTION}")),
                suggestion=pl.when(~is_several).then(probable_code()),
                sure=is_certain(),
            ),
            Rule(
                YEAR_AMBIGUOUS,
                fails=pl.col("is_nursery"),
                message=sentence("“{}” can mean N1 (age 2 to 3) or N2 (age 3 to 4). Choose one."),
            ),
            Rule(
                YEAR_PHASE,
                fails=~pl.col("code").is_in(usual),
                message=sentence(
                    f"This school has no {{}}, because its phase is set to {context.phase}. Check that this is right.",
                    words(pl.col("code")),
                ),
            ),
        ),
    )


def _bit_of(code: pl.Expr) -> pl.Expr:
    """The bit of a year group's code (Int32, see `YEAR_BITS`); null for `X`."""
    return code.replace_strict(YEAR_BITS, default=None, return_dtype=pl.Int32)


def _bits_of(codes: pl.Expr) -> pl.Expr:
    """The bits of several codes (List of String), together (Int32)."""
    return codes.list.eval(
        pl.element().replace_strict(YEAR_BITS, default=0, return_dtype=pl.Int32)
    ).list.sum()


def bit_for_age(age: pl.Expr) -> pl.Expr:
    """The bit of the year group (Int32, see `YEAR_BITS`) for an age on 31 August before the academic year; 0 if there is none."""
    by_age = {number + 4: YEAR_BITS[code] for code, number in NUMBERS.items()} | {19: YEAR_BITS["14"]}
    return age.replace_strict(by_age, default=0, return_dtype=pl.Int32)


def codes_in(bits: int) -> list[str]:
    """The codes of the year groups in a set of bits, in order."""
    return [code for code, bit in YEAR_BITS.items() if bits & bit]


def number_of_stored(_context: Context) -> pl.Expr:
    """The number of a stored year group (Int16, see `NUMBERS`); null for `X`. An expression over `stored`."""
    return STORED.replace_strict(NUMBERS, default=None, return_dtype=pl.Int16)


YEAR_GROUP = Field(
    key="year_group",
    label="Year Group",
    short="Year",
    width=6,
    headings=folded_headings(
        "yeargroup year yeargrp yr ncyear ncy ncyearactual nationalcurriculumyear curriculumyear yearcode yeartaughtin "
        "yeartaughtincode ncygroup yrgp yrgrp grade grades gradelevel cohort yg yearofstudy blwyddyn grŵpblwyddyn blianghrúpa"
    ),
    heading_words=folded_headings("year yeargroup ncyear curriculumyear yeartaughtin gradelevel blwyddyn"),
    unrelated_words=folded_headings(
        "entry entered admission admitted joined joining start started starting leaving left leaver next last of exam target"
    ),
    specific_checks=year_checks,
    instruction=INSTRUCTION,
    choices=year_choices,
    is_evidence=True,
    suggested=lambda context: code_for_age(age_of_iso(DATE_OF_BIRTH.col, context)),
    can_be_uniform=True,
    heads_sections=True,
    worked_out_as="by-age",
    worked_out_from="the date of birth",
    to_say=in_words,
    hint="N1, N2, R, 1 to 14, or X",
    example="10",
    value_pattern=r"(?i)^((year|yr|y)? ?0?([0-9]|1[0-4])(\.0)?|(year|yr|y)? ?r|rec|reception|n[12]|nursery.*)$",
)

YEAR_NUMBER = DerivedColumn(YEAR_GROUP, "number", number_of_stored)
"""The number of the year group (Int16, see `NUMBERS`); null where there is none, and for `X`."""
YEAR_OPTIONS = StepColumn(YEAR_GROUP, "options")
"""List of String: the year groups of which a text means one without saying which; null elsewhere."""
YEARS_MEANT = StepColumn(YEAR_GROUP, "meant")
"""Int32: the bit of the year group (see `YEAR_BITS`), or the bits of those of which a text means one; null without any."""
