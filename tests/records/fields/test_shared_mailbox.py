import polars as pl
import pytest

from backdrop_tui.records.fields.shared_mailbox import is_role_name
from backdrop_tui.records.staff import EMAIL
from tests.support.cells import cell


@pytest.mark.parametrize(
    "name",
    ["office", "info", "Admin", "HEAD", "reception", "senco", "enquiries", "schooloffice", "school.office", "headteacher",
     "head-teacher", "deputy_head", "chairofgovernors", "office2", "safeguarding", "the.office", "no-reply", "all.staff"],
)  # fmt: skip
def test_a_mailbox_of_a_role_is_a_warning(name: str) -> None:
    result = cell(EMAIL, f"{name}@school.org.uk")
    assert result.warnings == ["email-shared"]
    assert "several people may read" in result.message("email-shared")
    assert result.stored is not None


@pytest.mark.parametrize(
    "name", ["j.head", "anna", "heading", "jane.office", "dean", "theo", "itamar", "alison", "postgate", "sendhil", "a.khan", "mainwaring"]
)  # fmt: skip
def test_a_persons_own_address_is_fine(name: str) -> None:
    assert not cell(EMAIL, f"{name}@school.org.uk").problems


@pytest.mark.parametrize(
    ("first_name", "surname", "is_role"),
    [
        ("School", "Office", True), ("", "Office", True), ("Head", "Teacher", True), ("", "", True), ("Admin", "", True),
        ("Willowmere Primary", "School", True), ("Year 4", "Team", True), ("SENCo", "", True), ("Reception", "Desk", True),
        ("Jane", "Smith", False), ("Jane", "Head", False), ("Jane", "", False), ("Mr", "Smith", False), ("", "Post-Jones", False),
    ],
)  # fmt: skip
def test_the_name_of_a_role_is_told_from_a_persons(first_name: str, surname: str, *, is_role: bool) -> None:
    names = pl.DataFrame({"first": [first_name], "last": [surname]})
    assert names.select(is_role_name(pl.col("first"), pl.col("last"))).item() is is_role
