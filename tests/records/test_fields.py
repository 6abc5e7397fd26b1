import re

import pytest

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import fold_heading
from tests.support.cells import SCHOOL, cell, checked

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
every_field = pytest.mark.parametrize(
    "field",
    [field for kind in KINDS.values() for field in kind.fields],
    ids=[f"{kind.name} {field.key}" for kind in KINDS.values() for field in kind.fields],
)


@every_field
def test_every_field_is_declared_completely(field: Field) -> None:
    assert re.fullmatch(r"[a-z_]+", field.key)
    assert field.label
    assert field.hint
    assert field.example
    assert all(heading == fold_heading(heading) for heading in field.known_headings)


@every_field
def test_an_example_passes_its_own_checks(field: Field) -> None:
    result = cell(field, field.example)
    assert not result.problems
    assert result.stored


@every_field
def test_what_is_stored_is_read_back_as_the_same(field: Field) -> None:
    stored = cell(field, field.example).stored
    assert stored
    assert cell(field, stored).stored == stored
    assert cell(field, field.to_show(stored)).stored == stored
    assert cell(field, field.typed(field.to_show(stored))).stored == stored


@every_field
def test_an_example_looks_like_its_field(field: Field) -> None:
    assert field.value_pattern is None or re.search(field.value_pattern, field.example)


@every_field
def test_the_problems_of_a_field_have_different_codes_and_titles(field: Field) -> None:
    problems = {rule.problem for rule in field.checks(SCHOOL).rules}
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", problem.code) for problem in problems)
    titles = {problem.title_for(field.label) for problem in problems}
    assert len({problem.code for problem in problems}) == len(titles) == len(problems)


@every_kind
def test_the_headings_of_one_kind_do_not_collide(kind: RecordKind) -> None:
    owned: dict[str, str] = {}
    for field in kind.fields:
        for heading in field.known_headings | {fold_heading(field.label)}:
            assert owned.setdefault(heading, field.key) == field.key


@every_kind
def test_keys_and_labels_are_different_within_a_kind(kind: RecordKind) -> None:
    assert len(set(kind.keys)) == len({field.label.casefold() for field in kind.fields}) == len(kind.fields)


@every_kind
def test_the_examples_make_a_person_without_a_problem(kind: RecordKind) -> None:
    assert checked(kind, [{}]).problems.rows() == []


@every_kind
def test_a_blank_cell_is_an_error_only_in_a_needed_field(kind: RecordKind) -> None:
    for field in kind.fields:
        result = checked(kind, [{field.key: ""}]).problems
        assert result["code"].to_list() == (["required"] if field.needed else [])


@every_kind
def test_every_kind_of_problem_has_a_title(kind: RecordKind) -> None:
    for field in kind.fields:
        for rule in field.checks(SCHOOL).rules:
            assert kind.problem_title(field.key, rule.problem.code) == rule.problem.title_for(field.label)
    for across in kind.across:
        key, label = (across.field.key, across.field.label) if across.field else (None, "")
        assert kind.problem_title(key, across.problem.code) == across.problem.title_for(label)


def test_first_name_and_surname_are_declared_once() -> None:
    assert KINDS["students"].fields[:2] == KINDS["staff"].fields[:2]


def test_the_keys_in_the_store_are_those_documented() -> None:
    assert KINDS["students"].keys == (
        "first_name", "surname", "date_of_birth", "gender", "year_group", "registration_group", "upn",
        "admission_number",
    )  # fmt: skip
    assert KINDS["staff"].keys == ("first_name", "surname", "job_role", "user_group", "email")
