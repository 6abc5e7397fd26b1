import random
from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from backdrop_tui.intake.checking import examine as examine_module
from backdrop_tui.intake.checking.check import Counts, check
from backdrop_tui.intake.checking.examine import absent, examine
from backdrop_tui.intake.reading.sheet import FAULTS
from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH, age_of_stored
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.fields.upn import UPN
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.columns import DerivedColumn
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.hashing import is_repeated, is_repeated_in_threads, key_of
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.problems import SCHEMA, ProblemType
from backdrop_tui.records.schema.rules import Checks, Rule, sentence
from backdrop_tui.records.schema.text import cell_text
from backdrop_tui.records.staff import EMAIL, STAFF
from backdrop_tui.records.students import STUDENTS
from tests.records.fields.test_upn import letter_for
from tests.support.cells import SCHOOL, checked, people, rows_with, stored_people

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


def _faults(*rows: tuple[int, str, int | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=FAULTS, orient="row")


def _upn(number: int) -> str:
    rest = f"801{number:09}"
    return letter_for(rest) + rest


def test_people_and_problems_have_their_columns_and_types() -> None:
    result = checked(STUDENTS, [{}, {"gender": "Boy"}])
    assert result.people.schema == pl.Schema(
        {"row": pl.UInt32} | dict.fromkeys(STUDENTS.file_keys, pl.String)
    )
    assert result.problems.schema == SCHEMA


@every_kind
def test_a_file_without_rows_has_no_problems(kind: RecordKind) -> None:
    result = checked(kind, [])
    assert result.people.height == 0
    assert result.problems.schema == SCHEMA
    assert result.counts == Counts(ready=0, errors=0, warnings=0)


def test_rows_are_counted_as_ready_faulty_and_with_warnings_only() -> None:
    rows = [
        {},
        {"gender": "Boy", "surname": "Oak", "upn": ""},
        {"year_group": "9", "surname": "Elm", "upn": ""},
        {"year_group": "9", "gender": "Boy", "surname": "Ash", "upn": ""},
    ]
    result = checked(STUDENTS, rows)
    assert result.counts == Counts(ready=2, errors=2, warnings=1)
    assert result.error_rows.to_list() == [3, 5]
    assert result.ready["row"].to_list() == [2, 4]


def test_problems_are_in_the_order_of_rows_and_fields_with_errors_first() -> None:
    rows = [
        {"gender": "Boy", "first_name": ""},
        {"upn": "A999200001001", "year_group": "9", "surname": "=1+1"},
    ]
    result = check(
        STUDENTS, people(STUDENTS, rows), SCHOOL, stored_people(STUDENTS), _faults((3, "stray-quote", None))
    )
    assert result.problems.select("row", "field", "code").rows() == [
        (2, "first_name", "required"),
        (2, "gender", "gender-unknown"),
        (3, None, "stray-quote"),
        (3, "surname", "no-letter"),
        (3, "surname", "odd-character"),
        (3, "year_group", "year-age"),
        (3, "upn", "upn-check-letter"),
        (3, "upn", "upn-la-code"),
    ]


def test_the_first_error_ends_a_cells_errors() -> None:
    result = checked(STUDENTS, [{"first_name": "1" * 101, "upn": "ABC"}]).problems
    errors = result.filter(pl.col("level") == "error")
    assert errors.select("field", "code").rows() == [("first_name", "too-long"), ("upn", "upn-length")]


def test_a_cell_with_an_error_is_not_stored_but_one_with_a_warning_is() -> None:
    result = checked(STUDENTS, [{"first_name": "Am1ra", "gender": "Boy", "date_of_birth": "40982"}])
    stored = {"first_name": "Am1ra", "surname": "O'Neill", "date_of_birth": "2012-03-14", "gender": None}
    assert result.people.row(0, named=True).items() >= stored.items()


def test_the_message_about_a_wrong_number_of_cells_gives_both_numbers() -> None:
    raw = people(STUDENTS, [{}])
    result = check(STUDENTS, raw, SCHOOL, stored_people(STUDENTS), _faults((2, "cell-count", 9)), width=7)
    assert result.problems.select("field", "level", "code", "message").rows() == [
        (None, "error", "cell-count", "This row has 9 cells, but there are 7 columns. Check that each value is in the right column.")
    ]  # fmt: skip
    assert result.counts.errors == 1


def test_a_stray_quote_is_an_error_of_its_row() -> None:
    raw = people(STUDENTS, [{}])
    result = check(STUDENTS, raw, SCHOOL, stored_people(STUDENTS), _faults((2, "stray-quote", None)), width=7)
    assert result.problems["code"].to_list() == ["stray-quote"]
    assert "quotation mark" in result.problems["message"][0]


@every_kind
@pytest.mark.parametrize("number", range(7))
def test_a_column_that_is_not_in_the_file_has_no_values_and_no_problems(
    kind: RecordKind, number: int
) -> None:
    key = kind.keys[number % len(kind.keys)]
    raw = people(kind, [{}, {}]).drop(key)
    result = check(kind, raw, SCHOOL, stored_people(kind, [{}]))
    assert result.people[key].to_list() == [None, None]
    assert key not in result.problems["field"]


def test_row_numbers_are_those_of_the_file() -> None:
    raw = people(STUDENTS, [{"gender": "Boy"}, {}, {"gender": "Girl", "surname": "Oak"}])
    raw = raw.with_columns(row=pl.Series([3, 7, 1_000_000], dtype=pl.UInt32), upn=pl.lit(""))
    result = check(STUDENTS, raw, SCHOOL, stored_people(STUDENTS))
    assert rows_with(result, "gender-unknown") == [3, 1_000_000]
    assert rows_with(result, "duplicate-person") == [3, 7]


def test_a_null_cell_is_blank() -> None:
    raw = people(STUDENTS, [{}]).with_columns(gender=pl.lit(None, pl.String), surname=pl.lit(None, pl.String))
    assert check(STUDENTS, raw, SCHOOL, stored_people(STUDENTS)).problems["code"].to_list() == ["required"]


def test_a_problem_is_reported_in_every_row_that_has_it() -> None:
    result = checked(
        STUDENTS, [{"gender": "Boy", "surname": f"K{'abcdefghij'[n]}", "upn": ""} for n in range(10)]
    )
    assert rows_with(result, "gender-unknown") == list(range(2, 12))
    assert set(result.problems["suggestion"]) == {"M"}


def test_an_absent_column_derives_nothing() -> None:
    age = DerivedColumn(DATE_OF_BIRTH, "age", age_of_stored)
    result = absent(DATE_OF_BIRTH, 3, SCHOOL)
    assert result.stored.to_list() == [None] * 3
    assert result.derived(age).to_list() == [None] * 3
    assert result.problems.height == 0


@pytest.mark.parametrize(("raw", "text"), [("'=1+1", "=1+1"), ("'+44", "+44"), ("'-x", "-x"), ("'@x", "@x"), ("'x", "'x"), (" '=x ", "=x"), ("''=x", "=x"), ("’=x", "=x"), ("'", "'")])  # fmt: skip
def test_a_cell_is_read_without_the_guard_against_formulas(raw: str, text: str) -> None:
    assert pl.select(cell_text(pl.lit(raw))).item() == text


def _texts(field: Field, many: int) -> list[str]:
    """Mostly different texts, some of them faulty, and some of them blank."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    spread = [
        f"{letters[n % 26]}{letters[n // 26 % 26]}{letters[n // 676 % 26]}{letters[n // 17576 % 26]}"
        for n in range(many)
    ]
    if field is UPN:
        texts = [_upn(n) for n in range(many)]
        odd = [
            "",
            "n/a",
            "h801200001001",
            "A801200005001",
            "H80120000100",
            " H801200001001 ",
            "T20110001804V",
            "Q999",
            "H8012\x000001001",
        ]
    elif field is EMAIL:
        texts = [f"{text}@school.org.uk" for text in spread]
        odd = [
            "",
            "-",
            "x",
            "A.B@School.Org.UK",
            "a@b",
            " a@school.org.uk",
            "zoë@school.org.uk",
            "a\x1b@school.org.uk",
            "a@@school.org.uk",
        ]
    else:
        texts = [text.capitalize() for text in spread]
        odd = ["", "123", "O’Brien", " Zoe ", "x" * 101, "=Amira", "Am\x1bira", "Łukasz", "none"]
    shuffle = random.Random(7)  # noqa: S311 - a test's order
    for place in range(0, many, 37):
        texts[place] = odd[shuffle.randrange(len(odd))]
    return texts


@pytest.mark.parametrize("field", [FIRST_NAME, UPN, EMAIL], ids=lambda field: field.key)
def test_a_long_column_of_different_texts_has_the_same_result_on_the_fast_path(
    field: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = pl.Series(field.key, _texts(field, 21_000))
    assert examine_module._mostly_different(raw)
    quick = examine(field, raw, SCHOOL)
    monkeypatch.setattr(examine_module, "_mostly_different", lambda _raw: False)
    slow = examine(field, raw, SCHOOL)
    assert quick.stored.to_list() == slow.stored.to_list()
    every_third = pl.int_range(0, len(raw), 3, dtype=pl.UInt32, eager=True).reverse()
    assert quick.stored_at(every_third).to_list() == slow.stored_at(every_third).to_list()
    key = key_of(field)
    assert quick.derived_at(key, every_third).to_list() == slow.derived_at(key, every_third).to_list()
    assert quick.derived(key).to_list() == slow.derived(key).to_list()
    order = ["at", "level", "code"]
    assert quick.problems.sort(order).rows() == slow.problems.sort(order).rows()
    assert slow.problems.height > 100


def test_a_long_column_without_a_fault_is_stored_unchanged() -> None:
    raw = pl.Series("upn", [_upn(n) for n in range(20_500)])
    result = examine(UPN, raw, SCHOOL)
    assert result.stored.to_list() == raw.to_list()
    assert result.problems.height == 0


def test_a_rule_that_the_fast_path_does_not_cover_runs_on_every_row_of_a_long_column() -> None:
    problem = ProblemType("eight-letters", "{field} has eight letters", "warning")
    name = pl.col("name")
    eight_letters = Rule(
        problem, fails=name.str.len_chars() == 8, message=sentence("“{}” has eight letters.")
    )

    def checks(context: Context) -> Checks:
        names = SURNAME.specific_checks(context)
        return replace(names, rules=(*names.rules, eight_letters))

    surname = replace(SURNAME, specific_checks=checks)
    texts = _texts(SURNAME, 100_000)
    texts[50_000:50_010] = [f"Mazzoni{letter}" for letter in "abcdefghij"]
    raw = pl.Series("surname", texts)
    assert examine_module._mostly_different(raw)
    examined = examine(surname, raw, SCHOOL)
    eights = examined.problems.filter(pl.col("code") == "eight-letters")
    assert eights["at"].to_list() == list(range(50_000, 50_010))
    assert eights["message"][0] == "“Mazzonia” has eight letters."
    assert examined.stored[50_000] == "Mazzonia"


def test_what_only_a_message_needs_is_worked_out_for_the_texts_that_break_the_rule() -> None:
    seen: list[str] = []

    def reversed_texts(texts: pl.Series) -> pl.Series:
        seen.extend(texts)
        return texts.str.reverse()

    backwards = pl.col("text").map_batches(reversed_texts, return_dtype=pl.String)
    rule = Rule(
        ProblemType("begins-with-o", "{field} begins with O", "warning"),
        fails=pl.col("text").str.starts_with("O"),
        message=sentence("“{}” backwards is “{}”.", pl.col("text"), pl.col("backwards")),
        suggestion=pl.col("backwards"),
        steps=({"backwards": backwards},),
    )
    field = replace(SURNAME, specific_checks=lambda _context: Checks(rules=(rule,)))
    examined = examine(field, pl.Series(["Oak", "Elm", "Oak"]), SCHOOL)
    assert examined.problems.select("at", "message", "suggestion").sort("at").rows() == [
        (0, "“Oak” backwards is “kaO”.", "kaO"),
        (2, "“Oak” backwards is “kaO”.", "kaO"),
    ]
    assert seen == ["Oak"]


def test_a_long_file_has_the_same_result_with_and_without_fast_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    many = 20_500
    born = [date(2010, 1, 1) + timedelta(days=n % 3000) for n in range(many)]
    raw = pl.DataFrame(
        {
            "row": pl.Series(range(2, many + 2), dtype=pl.UInt32),
            "first_name": _texts(FIRST_NAME, many),
            "surname": [f"Khan{'abcdef'[n % 6]}" for n in range(many)],
            "date_of_birth": [f"{day:%d/%m/%Y}" for day in born],
            "gender": ["M", "f", "Boy", ""] * (many // 4),
            "year_group": ["7", "Year 8", "R", "Nursery"] * (many // 4),
            "registration_group": ["7A", "7A", "7a", "8B"] * (many // 4),
            "upn": _texts(UPN, many),
        }
    )
    stored = stored_people(STUDENTS, [{"upn": _upn(1), "surname": "Oak", "date_of_birth": "2001-01-01"}])
    quick = check(STUDENTS, raw, SCHOOL, stored)
    monkeypatch.setattr(examine_module, "_mostly_different", lambda _raw: False)
    slow = check(STUDENTS, raw, SCHOOL, stored)
    assert quick.people.equals(slow.people)
    assert quick.problems.equals(slow.problems)


def test_the_context_reaches_the_rules() -> None:
    row = {"date_of_birth": "03/04/2012"}
    assert checked(STUDENTS, [row]).people["date_of_birth"][0] == "2012-04-03"
    month_first = replace(SCHOOL, date_order="mdy")
    assert checked(STUDENTS, [row], context=month_first).people["date_of_birth"][0] == "2012-03-04"


@pytest.mark.parametrize(
    ("numbers", "twice"),
    [([], []), ([1], [False]), ([1, 2, 1, 3, 3, 3], [True, False, True, True, True, True]),
     ([2**31, 2**31 - 1, 2**31, 5, 5], [True, False, True, True, True]), ([0, 2**64 - 1, 0], [True, False, True])],
)  # fmt: skip
def test_repeated_numbers_are_found_wherever_they_are(numbers: list[int], twice: list[bool]) -> None:
    keys = pl.Series(numbers, dtype=pl.UInt64)
    assert is_repeated(keys).to_list() == is_repeated_in_threads(keys.cast(pl.String)).to_list() == twice


def test_texts_are_repeated_if_all_columns_are() -> None:
    names = pl.Series(["Ann", "Ben", "Ann", "Ann", "Ben"]), pl.Series(["Lee", "Lee", "Lee", "Khan", ""])
    assert is_repeated_in_threads(*names).to_list() == [True, False, True, False, False]


def test_staff_are_checked_by_the_rules_for_staff() -> None:
    assert checked(STAFF, [{"email": "x"}]).problems["code"].to_list() == ["email"]
