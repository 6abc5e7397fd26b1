"""Dates of birth: the many ways to write them, and the ages that follow from them."""

import re
from datetime import date

import polars as pl

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

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = ("uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember")
_MONTH_NUMBERS = (
    {short: n for n, short in enumerate(_MONTHS, start=1)}
    | {short + rest: n for n, (short, rest) in enumerate(zip(_MONTHS, _LONG, strict=True), start=1)}
    | {"sept": 9}
)
_MIDNIGHT = r"(?i)[ t](?:0?0:00(?::00(?:\.0+)?)?(?:z|[+-]00:?00)?|12:00(?::00)? ?am)$"
_TIME = r"(?i)[ t][0-9]{1,2}:[0-9][0-9](?::[0-9][0-9](?:\.[0-9]+)?)?(?: ?[ap]m|z)?$"
_WEEKDAY = r"(?i)^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? "
_NUMBERS = r"^([0-9]{1,2})([/.\-])([0-9]{1,2})([/.\-])([0-9]{4}|[0-9]{2})$"
_YEAR_FIRST = r"^([0-9]{4})([/.\-])([0-9]{1,2})([/.\-])([0-9]{1,2})$"
_NAMED = r"(?i)^([0-9]{1,2})(?:st|nd|rd|th)?[ /.\-]([a-z]{3,9})\.?,?[ /.\-]([0-9]{4}|[0-9]{2})$"
_SERIAL = r"^([0-9]{5})(?:\.0+)?$"
_EXCEL_EPOCH = date(1899, 12, 30)


def _day(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """A Date from three texts or numbers; null if there is no such day."""
    return pl.concat_str(year, month, day, separator="-").str.to_date("%Y-%m-%d", strict=False)


def _dated(year: pl.Expr, month: pl.Expr, day: pl.Expr, today: date) -> pl.Expr:
    """A Date from three texts; a year of two digits is 20yy, or 19yy if 20yy would be in the future."""
    short = year.str.len_chars() == 2
    born = _day(pl.when(short).then(pl.concat_str(pl.lit("20"), year)).otherwise(year), month, day)
    # No day is missed by subtracting 100 years: wherever 19yy has a 29 February, so does 20yy.
    return pl.when(short & (born > today)).then(born.dt.offset_by("-100y")).otherwise(born)


def _part(name: str, place: int) -> pl.Expr:
    """The text that one group of a pattern matched (String).

    Args:
        name: The column that `str.extract_groups` gave.
        place: The number of the group, from 1.
    """
    return pl.col(name).struct.field(str(place))


def _month(name: pl.Expr) -> pl.Expr:
    """The number of a month, given its name in lower case; null if there is no such month."""
    return name.replace_strict(_MONTH_NUMBERS, default=None, return_dtype=pl.Int32)


def _steps(context: Context) -> tuple[dict[str, pl.Expr], ...]:
    """The columns for each way of reading a text (`dmy`, `iso`, …: Date, null if it doesn't fit), then `day` and `age`."""
    when = pl.col("when")
    numbers = when.str.extract_groups(_NUMBERS)
    year_first = when.str.extract_groups(_YEAR_FIRST)
    named = when.str.extract_groups(_NAMED)
    month = _month(_part("_named", 2).str.to_lowercase())
    today = context.today
    return (
        {"when": TEXT.str.replace(_MIDNIGHT, "")},
        {"_numbers": numbers, "_year_first": year_first, "_named": named},
        {
            "is_numbers": _part("_numbers", 1).is_not_null() & (_part("_numbers", 2) == _part("_numbers", 4)),
            "is_year_first": _part("_year_first", 1).is_not_null() & (_part("_year_first", 2) == _part("_year_first", 4)),
            "is_named": month.is_not_null(),
            "is_serial": when.str.contains(_SERIAL),
        },
        {
            "dmy": pl.when("is_numbers").then(_dated(_part("_numbers", 5), _part("_numbers", 3), _part("_numbers", 1), today)),
            "mdy": pl.when("is_numbers").then(_dated(_part("_numbers", 5), _part("_numbers", 1), _part("_numbers", 3), today)),
            "ymd": pl.when("is_numbers", _part("_numbers", 5).str.len_chars() == 2).then(
                _dated(_part("_numbers", 1).str.zfill(2), _part("_numbers", 3), _part("_numbers", 5), today)
            ),
            "iso": pl.when("is_year_first").then(_day(_part("_year_first", 1), _part("_year_first", 3), _part("_year_first", 5))),
            "named": pl.when("is_named").then(_dated(_part("_named", 3), month, _part("_named", 1), today)),
            "serial": pl.when("is_serial").then(
                pl.lit(_EXCEL_EPOCH) + pl.duration(days=when.str.extract(_SERIAL).cast(pl.Int64, strict=False))
            ).cast(pl.Date),
        },
        {"day": pl.coalesce("iso", _numbers_read(context), "named", "serial")},
        {
            "age": age_on(pl.col("day"), context.cutoff),
            "born": pl.coalesce("day", "dmy", "mdy"),
            "only": pl.when(pl.col("mdy").is_null() & pl.col("dmy").is_not_null()).then(pl.lit("dmy"))
            .when(pl.col("dmy").is_null() & pl.col("mdy").is_not_null()).then(pl.lit("mdy")),
        },
    )  # fmt: skip


def _numbers_read(context: Context) -> pl.Expr:
    """Three numbers, read in the date order chosen for the column (Date)."""
    if context.date_order == "ymd":
        return pl.coalesce("ymd", "dmy")
    return pl.col(context.date_order)


def age_on(born: pl.Expr, day: date) -> pl.Expr:
    """Age in whole years on a day, given the Date of birth (Int16)."""
    later = (born.dt.month() > day.month) | ((born.dt.month() == day.month) & (born.dt.day() > day.day))
    return (pl.lit(day.year) - born.dt.year().cast(pl.Int32) - later.cast(pl.Int32)).cast(pl.Int16)


def shown(day: pl.Expr) -> pl.Expr:
    """A Date as people read and type it (String): dd/mm/yyyy."""
    return day.dt.strftime("%d/%m/%Y")


def iso_to_shown(stored: str) -> str:
    """A stored date as dd/mm/yyyy; a text that is not an ISO date is returned unchanged."""
    try:
        return date.fromisoformat(stored).strftime("%d/%m/%Y")
    except ValueError:
        return stored


def iso_to_words(stored: str) -> str:
    """A stored date in words, `14 March 2012`; a text that is not an ISO date is returned unchanged."""
    try:
        return _words(date.fromisoformat(stored))
    except ValueError:
        return stored


def shown_to_iso(typed: str) -> str:
    """A date typed as day/month/year in ISO form, which is read correctly even if the file has the month first.

    Any other text is returned unchanged.
    """
    parts = re.fullmatch(r"\s*(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\s*", typed)
    if not parts:
        return typed
    try:
        return date(int(parts[3]), int(parts[2]), int(parts[1])).isoformat()
    except ValueError:
        return typed


def _guess() -> pl.Expr:
    """The date that a text in no accepted form probably means, as dd/mm/yyyy (String), or null."""
    bare = TEXT.str.replace(_TIME, "").str.replace(_WEEKDAY, "")
    run = bare.str.replace_all(r"\s*[/.\-,\\ ]+\s*", "/").str.strip_chars("/")
    solid = run.str.extract(r"^([0-9]{8})$")
    words = run.str.to_lowercase()
    month_first = words.str.extract_groups(r"^([a-z]{3,9})/([0-9]{1,2})(?:st|nd|rd|th)?/([0-9]{4})$").struct
    day_first = words.str.extract_groups(
        r"^([0-9]{1,2})(?:st|nd|rd|th)?/?(?:of/)?([a-z]{3,9})/?([0-9]{4})$"
    ).struct
    ways = (
        run.str.to_date("%d/%m/%Y", strict=False),
        run.str.to_date("%Y/%m/%d", strict=False),
        solid.str.to_date("%d%m%Y", strict=False),
        solid.str.to_date("%Y%m%d", strict=False),
        _day(month_first.field("3"), _month(month_first.field("1")), month_first.field("2")),
        _day(day_first.field("3"), _month(day_first.field("2")), day_first.field("1")),
    )
    return shown(pl.coalesce(pl.when(way.dt.year().is_between(1900, 2100)).then(way) for way in ways))


def date_checks(context: Context) -> Checks:
    """The reading of a date of birth, and its rules: errors of form, calendar and age, then warnings."""
    return Checks(
        steps=_steps(context),
        stored=pl.col("day").dt.strftime("%Y-%m-%d"),
        kept=("born", "only", "is_serial"),
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
    month_first = pl.col("is_numbers") & pl.col("day").is_null() & pl.col("mdy").is_not_null()
    return (
        Rule(
            DATE_FORMAT,
            fails=(TEXT != "") & ~has_shape.fill_null(value=False),
            message=sentence(f"“{{}}” can't be read as a date. {INSTRUCTION}"),
            suggestion=_guess(),
            sure=SURE,
        ),
        Rule(
            DATE_IMPOSSIBLE,
            fails=(TEXT != "") & has_shape & pl.col("day").is_null() & ~month_first,
            message=sentence(f"{{}} is not a real date{_as_read(context)}. {INSTRUCTION}"),
            suggestion=shown(pl.coalesce("dmy", "mdy")),
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
            message=sentence(f"Born on {{}}, this student would be {{}} on {_words(context.cutoff)}. Check the date of birth.",
                         shown(pl.col("day")), pl.col("age")),
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
            message=sentence(f"Born on {{}}, this student would be {{}} on {_words(context.cutoff)}. Check that this is right.",
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


def _as_read(context: Context) -> str:
    """The end of a sentence about how dates are read; empty if that is day-first, as usual."""
    return {
        "dmy": "",
        "mdy": " when read with the month first",
        "ymd": " when read with the year first",
    }[context.date_order]


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


DATE_OF_BIRTH = Field(
    key="date_of_birth",
    label="Date of Birth",
    short="Birth",
    width=10,
    headings=folded_headings(
        "dob dateofbirth birthdate birthday dobddmmyyyy dateofbirthddmmyyyy born dyddiadgeni"
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
    value_pattern=r"(?i)^(\d{1,2}[/.\-]\d{1,2}[/.\-](\d{4}|\d\d)|\d{4}-\d\d-\d\d([ T].*)?|\d{1,2}(st|nd|rd|th)?[ \-][a-z]{3,9}[ \-](\d{4}|\d\d))$",
    is_evidence=True,
    is_date=True,
    to_show=iso_to_shown,
    to_say=iso_to_words,
    typed=shown_to_iso,
)

BORN = StepColumn(DATE_OF_BIRTH, "born")
"""The Date as it is read, or, of three numbers that can't be read in the column's order, as they can be read; else null."""
ONLY_ORDER = StepColumn(DATE_OF_BIRTH, "only")
"""String: `dmy` or `mdy` where three numbers are a date only in that order; null elsewhere."""
IS_SERIAL = StepColumn(DATE_OF_BIRTH, "is_serial")
"""Boolean: whether the text is an Excel day number; null where the cell is blank."""
