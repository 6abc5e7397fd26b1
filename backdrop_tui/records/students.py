"""What a student is."""

import polars as pl

from backdrop_tui.records.fields import date_of_birth, gender, registration_group, upn, year_group
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import NOTHING, Field, known, listed, says
from backdrop_tui.records.schema.hashing import keys, repeated, together
from backdrop_tui.records.schema.kind import AcrossRule, FilePeople, Recognition, RecordKind

_NOBODY = pl.DataFrame(schema={"row": pl.UInt32, "message": pl.String, "suggestion": pl.String})


def _shared_upn(people: FilePeople, _stored: pl.DataFrame, _context: Context) -> pl.DataFrame:
    """Rows of the file that share a UPN: all of them."""
    maybe = repeated(people.frame("upn.key").to_series())
    likely = people.frame("row", "upn", where=maybe).drop_nulls()
    shared = likely.filter(pl.col("upn").is_duplicated())
    others = shared.group_by("upn").agg(pl.col("row").sort().alias("rows"))
    return shared.join(others, on="upn").select(
        "row",
        says(
            "UPN {} stands in several rows: {}. Each student has one of their own.", "upn", listed("rows")
        ).alias("message"),
        NOTHING.alias("suggestion"),
    )


def _taken_upn(people: FilePeople, stored: pl.DataFrame, _context: Context) -> pl.DataFrame:
    """Rows with the UPN of somebody stored whose surname and date of birth are both different."""
    if stored.is_empty():
        return _NOBODY
    owners = stored.select(
        "upn", pl.col("surname").alias("their_surname"), pl.col("date_of_birth").alias("their_born")
    )
    owners = owners.drop_nulls("upn")
    # Numbers are looked up sooner than texts; who only has the same key is left out by the join.
    maybe = people.frame("upn.key").to_series().is_in(keys(owners["upn"]).implode())
    same = people.frame("row", "upn", "surname", "date_of_birth", where=maybe).join(owners, on="upn")
    other_name = pl.col("surname").str.to_lowercase() != pl.col("their_surname").str.to_lowercase()
    taken = same.filter(other_name & (pl.col("date_of_birth") != pl.col("their_born")))
    return taken.select(
        "row",
        says("UPN {} is already stored for another student, with another surname and date of birth. Look it up, or leave it blank.", "upn").alias("message"),
        NOTHING.alias("suggestion"),
    ).unique("row", maintain_order=True)  # fmt: skip


def _wrong_age(people: FilePeople, _stored: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Rows whose date of birth belongs to another year group."""
    age, number = pl.col("date_of_birth.age"), pl.col("year_group.number")
    sixth = (age == 19) & (number == 14)
    numbers = people.frame("date_of_birth.age", "year_group.number")
    misfits = numbers.select(age.is_between(2, 19) & (number != age - 4) & ~sixth).to_series()
    wrong = people.frame("row", "year_group", "date_of_birth", "date_of_birth.age", where=misfits)
    right = year_group.code_for_age(age)
    return wrong.select(
        "row",
        says(
            f"Born on {{}}, this student would be in year group {{}} in {context.academic_year}/"
            f"{(context.academic_year + 1) % 100:02}, not {{}}. Look which is right.",
            date_of_birth.shown(pl.col("date_of_birth").str.to_date("%Y-%m-%d")),
            right,
            "year_group",
        ).alias("message"),
        right.alias("suggestion"),
    )


def _variant_group(people: FilePeople, stored: pl.DataFrame, _context: Context) -> pl.DataFrame:
    """Rows whose registration group is mostly written in another way, in the file and the store."""
    group, alike = pl.col("registration_group"), pl.col("alike")
    # Numbers are counted three times as fast as texts.
    hashes = people.frame("registration_group.hash").to_series()
    counted = hashes.to_frame("hash").with_row_index("at").group_by("hash").agg(pl.first("at"), pl.len())
    first = pl.repeat(False, len(hashes), eager=True).scatter(counted["at"], True)
    known = people.frame("registration_group", "registration_group.hash", where=first)
    here = (
        known.join(counted, left_on="registration_group.hash", right_on="hash")
        .select(group, "len")
        .drop_nulls()
    )
    there = stored.group_by("registration_group").len().drop_nulls()
    counts = (
        pl.concat([here, there])
        .group_by("registration_group")
        .agg(pl.col("len").sum())
        .with_columns(alike=registration_group.alike(group))
        .filter(alike.is_duplicated())
        .sort("len", "registration_group", descending=[True, False])
    )
    usual = counts.group_by("alike", maintain_order=True).agg(
        group.first().alias("usual"), pl.col("len").first().alias("most")
    )
    odd = counts.join(usual, on="alike").filter(pl.col("len") < pl.col("most"))
    odd_hashes = known.filter(group.is_in(odd["registration_group"].implode()))["registration_group.hash"]
    return (
        people.frame("row", "registration_group", where=hashes.is_in(odd_hashes.implode()))
        .join(odd, on="registration_group", how="inner")
        .select(
            "row",
            says("“{}” is mostly written “{}”. Look whether it is the same group.", group, pl.col("usual")).alias("message"),
            pl.col("usual").alias("suggestion"),
        )
    )  # fmt: skip


def _same_person(people: FilePeople, _stored: pl.DataFrame, _context: Context) -> pl.DataFrame:
    """Rows with the same name and date of birth."""
    first, start, born = people.frame("first_name.folded", "surname.start", "date_of_birth.key")
    likely = repeated(together(first, start, born))  # a few of many: only they are looked at more closely
    keys_of_all = ("first_name.folded", "surname.folded", "date_of_birth.key")
    those = people.frame("row", "first_name", "surname", "date_of_birth", *keys_of_all, where=likely)
    maybe = repeated(together(*those.select(keys_of_all)))
    twice = those.filter(maybe).select(
        "row", first=pl.col("first_name").str.to_lowercase(), last=pl.col("surname").str.to_lowercase(), born="date_of_birth"
    ).drop_nulls()  # fmt: skip
    others = twice.group_by("first", "last", "born").agg(pl.col("row").sort().alias("rows"))
    several = twice.join(others.filter(pl.col("rows").list.len() > 1), on=["first", "last", "born"])
    return several.select(
        "row",
        says("Rows {} have the same name and date of birth. Look whether they are one student.", listed("rows")).alias("message"),
        NOTHING.alias("suggestion"),
    )  # fmt: skip


DATE_OF_BIRTH = Field(
    key="date_of_birth",
    label="Date of Birth",
    short="Birth",
    width=10,
    headings=known("dob dateofbirth birthdate birthday dobddmmyyyy dateofbirthddmmyyyy born"),
    checks=date_of_birth.date_checks,
    hint="day/month/year, like 14/03/2012",
    example="14/03/2012",
    looks_like=r"(?i)^(\d{1,2}[/.\-]\d{1,2}[/.\-](\d{4}|\d\d)|\d{4}-\d\d-\d\d([ T].*)?|\d{1,2}(st|nd|rd|th)?[ \-][a-z]{3,9}[ \-](\d{4}|\d\d))$",
    is_date=True,
    to_show=date_of_birth.iso_to_shown,
    to_say=date_of_birth.iso_to_words,
    typed=date_of_birth.shown_to_iso,
)
GENDER = Field(
    key="gender",
    label="Gender",
    short="Gender",
    width=6,
    headings=known("gender sex legalsex mf gendermf"),
    checks=gender.gender_checks,
    choices=gender.gender_choices,
    hint="M, F or blank",
    example="F",
    needed=False,
    looks_like=r"(?i)^(m|f|male|female|boy|girl)$",
)
YEAR_GROUP = Field(
    key="year_group",
    label="Year Group",
    short="Year",
    width=6,
    headings=known(
        "yeargroup year yeargrp yr ncyear ncy ncyearactual nationalcurriculumyear curriculumyear yearcode yeartaughtin "
        "yeartaughtincode grade cohort"
    ),
    checks=year_group.year_checks,
    choices=year_group.year_choices,
    to_say=year_group.in_words,
    hint="N1, N2, R, 1 to 14, or X",
    example="10",
    looks_like=r"(?i)^((year|yr|y)? ?0?([0-9]|1[0-4])(\.0)?|(year|yr|y)? ?r|rec|reception|n[12]|nursery.*)$",
)
REGISTRATION_GROUP = Field(
    key="registration_group",
    label="Registration Group",
    short="Reg",
    width=5,
    headings=known(
        "registrationgroup reggroup reg regform registrationform form formgroup tutorgroup formtutorgroup class "
        "classname homeroom"
    ),
    checks=registration_group.registration_checks,
    hint="form or class, like 10B",
    example="10B",
    looks_like=r"^(0?[1-9]|1[0-4])[ .\-]?[A-Za-z]{1,3}\d?$",
)
UPN = Field(
    key="upn",
    label="UPN",
    width=13,
    headings=known("upn uniquepupilnumber uniquepupilnumberupn pupilupn upnnumber"),
    checks=upn.upn_checks,
    hint="13 characters, or blank",
    example="H801200001001",
    needed=False,
    plain=upn.PLAIN,
    looks_like=r"(?i)^[a-z][0-9]{11}[0-9a-z]$",
)

STUDENTS = RecordKind(
    name="students",
    one="student",
    many="students",
    fields=(FIRST_NAME, SURNAME, DATE_OF_BIRTH, GENDER, YEAR_GROUP, REGISTRATION_GROUP, UPN),
    across=(
        AcrossRule("year-age", "Year Group does not fit the age", "year_group", _wrong_age, "warning"),
        AcrossRule("group-variant", "Registration Group is written in two ways", "registration_group", _variant_group, "warning"),
        AcrossRule("upn-duplicate", "UPN stands in several rows", "upn", _shared_upn),
        AcrossRule("upn-taken", "UPN belongs to another student", "upn", _taken_upn),
        AcrossRule("duplicate-person", "Same name and date of birth twice", None, _same_person, "warning"),
    ),
    recognised_by=(
        Recognition(same=("upn",), and_one_of=("surname", "date_of_birth")),
        Recognition(same=("first_name", "surname", "date_of_birth")),
    ),
)  # fmt: skip
