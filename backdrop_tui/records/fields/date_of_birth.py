"""Dates of birth: the many ways to write them, and the ages that follow from them."""

from datetime import date

import polars as pl

from backdrop_tui.records.fields.date_guesses import guessed_dates
from backdrop_tui.records.fields.dates import (
    age_on,
    dated,
    day_of,
    in_words,
    iso_to_shown,
    iso_to_words,
    month_number,
    part,
    shown,
    shown_to_iso,
)
from backdrop_tui.records.schema.columns import StepColumn
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field, folded_headings
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.rules import SHOWN, STORED, SURE, TEXT, Checks, Rule, sentence

DATE_FORMAT = ProblemType("date-format", "{field} can't be read as a date")
DATE_IMPOSSIBLE = ProblemType("date-impossible", "{field} is not a real date")
DATE_MONTH_FIRST = ProblemType("date-month-first", "{field} has the month first")
DATE_FUTURE = ProblemType("date-future", "{field} is in the future")
AGE_IMPOSSIBLE = ProblemType("age-impossible", "{field} is too long ago for a student")
AGE_UNUSUAL = ProblemType("age-unusual", "Age is unusual for a student", "warning")
DATE_SERIAL = ProblemType("date-serial", "{field} is an Excel day number", "warning")

INSTRUCTION = "Write it as day/month/year, like 14/03/2012."

_MIDNIGHT = r"(?i)[ t](?:0?0:00(?::00(?:\.0+)?)?(?:z|[+-]00:?00)?|12:00(?::00)? ?am)$"
_TIME = "[0-9]:[0-9]{2}"
_NUMBERS = r"^([0-9]{1,2})([/.\-])([0-9]{1,2})([/.\-])([0-9]{4}|[0-9]{2})$"
_YEAR_FIRST = r"^([0-9]{4})([/.\-])([0-9]{1,2})([/.\-])([0-9]{1,2})$"
_NAMED = r"(?i)^([0-9]{1,2})(?:st|nd|rd|th)?[ /.\-]([a-z]{3,9})\.?,?[ /.\-]([0-9]{4}|[0-9]{2})$"
_SERIAL = r"^([0-9]{5})(?:\.0+)?$"
_EXCEL_EPOCH = date(1899, 12, 30)
_SINCE_1900 = 25_567
"""Days from 1 January 1900 to 1 January 1970."""
DAY_NUMBERS = 1 << 17
"""More than there are days between 1900 and 2200."""


def _steps(context: Context) -> tuple[dict[str, pl.Expr], ...]:
    """The columns for each way of reading a text (`dmy`, `iso`, …: Date, null if it doesn't fit), then `day` and `age`."""
    when = pl.col("when")
    numbers = when.str.extract_groups(_NUMBERS)
    year_first = when.str.extract_groups(_YEAR_FIRST)
    named = when.str.extract_groups(_NAMED)
    month = month_number(part("_named", 2).str.to_lowercase())
    today = context.today
    return (
        {"when": TEXT.str.replace(_MIDNIGHT, "")},
        {"_numbers": numbers, "_year_first": year_first, "_named": named},
        {
            "is_numbers": part("_numbers", 1).is_not_null() & (part("_numbers", 2) == part("_numbers", 4)),
            "is_year_first": part("_year_first", 1).is_not_null() & (part("_year_first", 2) == part("_year_first", 4)),
            "is_named": month.is_not_null(),
            "is_serial": when.str.contains(_SERIAL),
        },
        {
            "dmy": pl.when("is_numbers").then(dated(part("_numbers", 5), part("_numbers", 3), part("_numbers", 1), today)),
            "mdy": pl.when("is_numbers").then(dated(part("_numbers", 5), part("_numbers", 1), part("_numbers", 3), today)),
            "ymd": pl.when("is_numbers", part("_numbers", 5).str.len_chars() == 2).then(
                dated(part("_numbers", 1).str.zfill(2), part("_numbers", 3), part("_numbers", 5), today)
            ),
            "ydm": pl.when("is_year_first").then(day_of(part("_year_first", 1), part("_year_first", 5), part("_year_first", 3))),
            "iso": pl.when("is_year_first").then(day_of(part("_year_first", 1), part("_year_first", 3), part("_year_first", 5))),
            "named": pl.when("is_named").then(dated(part("_named", 3), month, part("_named", 1), today)),
            "serial": pl.when("is_serial").then(
                pl.lit(_EXCEL_EPOCH) + pl.duration(days=when.str.extract(_SERIAL).cast(pl.Int64, strict=False))
            ).cast(pl.Date),
        },
        {"day": pl.coalesce("iso", _numbers_read(context), "named", "serial")},
        {
            "age": age_on(pl.col("day"), context.cutoff),
            "written": _written(),
        },
    )  # fmt: skip


def _written() -> pl.Expr:
    """See `WRITTEN`: a million rows are compared with one number quicker than with several values."""
    born = pl.coalesce("day", "dmy", "mdy")
    is_day_first, is_month_first = pl.col("dmy").is_not_null(), pl.col("mdy").is_not_null()
    only_day_first, only_month_first = is_day_first & ~is_month_first, is_month_first & ~is_day_first
    flags = pl.col("is_serial") * 1 + only_day_first * 2 + only_month_first * 4
    days = day_number(born)
    return pl.when(days.is_between(0, DAY_NUMBERS - 1)).then(days * 8 + flags.cast(pl.Int32))


def day_number(day: pl.Expr) -> pl.Expr:
    """The number of days (Int32) from 1 January 1900 to a Date."""
    return day.cast(pl.Int32) + _SINCE_1900


def day_of_number(number: pl.Expr) -> pl.Expr:
    """The Date so many days after 1 January 1900."""
    return (number - _SINCE_1900).cast(pl.Int32).cast(pl.Date)


def written_parts(written: pl.Expr) -> dict[str, pl.Expr]:
    """What a number for a date and how it is written stands for.

    Returns:
        `born` (Date: as it is read, or, if three numbers can't be read in the column's order, as they can be read),
        `is_serial` (Boolean: an Excel day number), and `only` (String: `dmy` or `mdy` where three numbers are a date only in
        that order; otherwise null).
    """
    days, flags = written // 8, written % 8
    return {
        "born": day_of_number(days),
        "is_serial": flags == 1,
        "only": pl.when(flags == 2).then(pl.lit("dmy")).when(flags == 4).then(pl.lit("mdy")),
    }


def _numbers_read(context: Context) -> pl.Expr:
    """Three numbers, read in the date order chosen for the column (Date)."""
    if context.date_order == "ymd":
        return pl.coalesce("ymd", "dmy")
    return pl.col(context.date_order)


def date_checks(context: Context) -> Checks:
    """The reading of a date of birth, and its rules: errors of form, calendar and age, then warnings."""
    return Checks(
        steps=_steps(context),
        stored=pl.col("day").dt.strftime("%Y-%m-%d"),
        kept=("written",),
        rules=(*_date_errors(context), *_date_warnings(context)),
    )


def age_of_stored(context: Context) -> pl.Expr:
    """The age that a stored date gives on 31 August before the academic year (Int16). An expression over `stored`."""
    return age_of_iso(STORED, context)


def age_of_iso(born: pl.Expr, context: Context) -> pl.Expr:
    """The age on 31 August before the academic year (Int16), given the date of birth as it is stored (String)."""
    return age_on(born.str.to_date("%Y-%m-%d", strict=False), context.cutoff)


def _date_errors(context: Context) -> tuple[Rule, ...]:
    has_shape = pl.any_horizontal("is_numbers", "is_year_first", "is_named", "is_serial")
    guess = pl.col("when").map_batches(
        lambda texts: guessed_dates(texts, context).to_struct(),
        return_dtype=pl.Struct({"guess": pl.Date, "is_sure": pl.Boolean}),
    )
    month_first = pl.col("is_numbers") & pl.col("day").is_null() & pl.col("mdy").is_not_null()
    return (
        Rule(
            DATE_FORMAT,
            fails=(TEXT != "") & ~has_shape.fill_null(value=False),
            message=pl.when(pl.col("when").str.contains(_TIME))
            .then(sentence(f"“{{}}” has a time with it, so the date may be a day out. {INSTRUCTION}"))
            .otherwise(sentence(f"“{{}}” can't be read as a date. {INSTRUCTION}")),
            steps=({"guess": guess},),
            suggestion=shown(pl.col("guess").struct.field("guess")),
            sure=pl.col("guess").struct.field("is_sure"),
        ),
        Rule(
            DATE_IMPOSSIBLE,
            fails=(TEXT != "") & has_shape & pl.col("day").is_null() & ~month_first,
            message=pl.when(pl.col("dmy").is_not_null())
            .then(sentence(f"{{}} is not a real date{_as_read(context)}. It seems to have the day first."))
            .otherwise(sentence(f"{{}} is not a real date{_as_read(context)}. {INSTRUCTION}")),
            suggestion=shown(pl.coalesce("dmy", "mdy", "ydm")),
            sure=SURE,
        ),
        Rule(
            DATE_MONTH_FIRST,
            fails=month_first,
            message=sentence("{} has the month first (there is no month {}). Write it as {}.",
                         SHOWN, pl.col("_numbers").struct.field("3"), shown(pl.col("mdy"))),
            suggestion=shown(pl.col("mdy")),
            sure=SURE,
        ),
        Rule(
            DATE_FUTURE,
            fails=pl.col("day") > context.today,
            message=sentence("{} is in the future. Check the date of birth.", shown(pl.col("day"))),
        ),
        Rule(
            AGE_IMPOSSIBLE,
            fails=pl.col("age") > 25,
            message=sentence(f"Born on {{}}, this student would be {{}} on {in_words(context.cutoff)}. Check the date of birth.",
                         shown(pl.col("day")), pl.col("age")),
            suggestion=shown(_with_century(context)),
            sure=SURE,
        ),
    )  # fmt: skip


def _date_warnings(context: Context) -> tuple[Rule, ...]:
    unusual = (
        ((pl.col("age") < 2) | (pl.col("age") > 19))
        & (pl.col("age") <= 25)
        & (pl.col("day") <= context.today)
    )
    return (
        Rule(
            AGE_UNUSUAL,
            fails=unusual,
            message=sentence(f"Born on {{}}, this student would be {{}} on {in_words(context.cutoff)}. Check that this is right.",
                         shown(pl.col("day")), pl.col("age").clip(lower_bound=0)),
        ),
        Rule(
            DATE_SERIAL,
            fails=pl.col("is_serial") & pl.col("day").is_not_null(),
            message=sentence("{} is an Excel day number. It was read as {}.", SHOWN, shown(pl.col("day"))),
            suggestion=shown(pl.col("day")),
            sure=SURE,
        ),
    )  # fmt: skip


def _with_century(context: Context) -> pl.Expr:
    """A Date of a year like 0015, whose century was lost, in this century; null if no student was born then."""
    born = pl.when(pl.col("day").dt.year() < 100).then(pl.col("day").dt.offset_by("2000y"))
    return pl.when((born <= context.today) & (age_on(born, context.cutoff) <= 25)).then(born)


def _as_read(context: Context) -> str:
    """The end of a sentence about how dates are read; empty if that is day-first, as usual."""
    return {
        "dmy": "",
        "mdy": " when read with the month first",
        "ymd": " when read with the year first",
    }[context.date_order]


DATE_OF_BIRTH = Field(
    key="date_of_birth",
    label="Date of Birth",
    short="Birth",
    width=10,
    headings=folded_headings(
        "dob dateofbirth birthdate birthday dobddmmyyyy dateofbirthddmmyyyy born bday datebirth dyddiadgeni dátabreithe"
    ),
    heading_words=folded_headings("dob dateofbirth birthdate dyddiadgeni"),
    unrelated_words=folded_headings(
        "verified evidence checked seen certificate admission admitted entry entered joined joining start started leaving left "
        "leaver created updated changed review expiry"
    ),
    specific_checks=date_checks,
    instruction=INSTRUCTION,
    hint="day/month/year, like 14/03/2012",
    example="14/03/2012",
    value_pattern=r"(?i)^(\d{1,2}[/.\-]\d{1,2}[/.\-](\d{4}|\d\d)([ T]\d.*)?|\d{4}-\d\d-\d\d([ T].*)?|\d{1,2}(st|nd|rd|th)?[ \-][a-z]{3,9}[ \-](\d{4}|\d\d))$",
    is_evidence=True,
    is_date=True,
    to_show=iso_to_shown,
    to_say=iso_to_words,
    typed=shown_to_iso,
)

WRITTEN = StepColumn(DATE_OF_BIRTH, "written")
"""One number (Int32) for a date and how it is written, which `written_parts` takes apart; null where there is no date of
the last hundred years or so."""
