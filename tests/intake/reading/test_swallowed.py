import random

import pytest

from tests.support.quote_damage import count_outcomes

from .conftest import Read

HEAD = "Forename,Surname,DOB,Gender"
PEOPLE = [f"Luca{letter},Smith,{day:02}/03/2012,M" for day, letter in enumerate("abcdefgh", 1)]


@pytest.mark.parametrize("seed", range(3))
def test_quotes_lost_in_neighbouring_rows_swallow_nobody_and_no_sound_cell_is_reported(seed: int) -> None:
    outcomes = count_outcomes(random.Random(seed), 50)  # noqa: S311 - made-up files
    assert outcomes.rows > 500
    assert (outcomes.lost, outcomes.reported) == (0, 0)


@pytest.mark.parametrize(
    ("headings", "rows"),
    [
        ("Forename,Surname,DOB", ['"Ann,Lee,14/03/2012', 'Bob",Poe,15/03/2012']),
        ("Forename,Year,Gender", ['Ann,9,"M', 'Bob,10,F"']),
        ("Forename,Year,UPN", ['Ann,9,"', 'Bob,10,"']),
        ("Forename,DOB,Gender,Parent", ['Ann,14/03/2012,"M,Smith, Jane', 'Bob,15/03/2012,F",Poe']),
        ("Forename,Surname", ['"Ann,Lee', 'Bob",Poe']),
        ("Forename,UPN,Parent", ['"Ann,,', 'Bob",,Poe']),
    ],
)
def test_two_rows_whose_join_is_as_wide_as_the_headings_are_both_read_or_reported(
    read: Read, headings: str, rows: list[str]
) -> None:
    others = {
        "Forename": "Cat",
        "Surname": "Day",
        "DOB": "16/03/2012",
        "Gender": "F",
        "Year": "9",
        "UPN": "",
        "Parent": "Jo Day",
    }
    sound = ",".join(others[heading] for heading in headings.split(","))
    sheet = read("\n".join([headings, *[sound] * 6, *rows, *[sound] * 6, ""]))
    reported = sheet.cells.filter(sheet.cells["row"].is_in(sheet.faults["row"].implode()))
    assert set(sheet.faults["code"]) == {"stray-quote"}
    assert all(any(name in cell for cell in map(str, reported.rows())) for name in ("Ann", "Bob"))
    assert sheet.cells.height - reported.height == 12


def test_rows_swallowed_by_addresses_of_several_lines_are_reported(read: Read) -> None:
    rows = ['Ann,"1 High Street', "Leeds,15/03/2012,M", "Bob,1 High Street", 'Leeds",15/03/2012,M']
    sheet = read("\n".join(["Forename,Address,DOB,Gender", *PEOPLE, *rows, *PEOPLE, ""]))
    assert sheet.faults.rows() == [(10, "stray-quote", None)]
    assert "Bob" in sheet.cells["c1"][8]


@pytest.mark.parametrize(
    "address",
    ["Flat 2,\n9 Mill Lane,\nLeeds", "1 High Street,Leeds\nLS1 1AA", "9 Mill Lane, Bramley\nLeeds, LS1"],
)
@pytest.mark.parametrize("other", ["Gender", "Surname", "DOB"])
def test_an_address_of_several_lines_in_a_narrow_table_is_not_reported(
    read: Read, address: str, other: str
) -> None:
    value = {"Gender": "F", "Surname": "Lee", "DOB": "15/03/2012"}[other]
    rows = [f'{name},"{address}",{value}' for name in ("Ann", "Bob", "Cat", "Dan", "Eve")]
    sheet = read("\n".join([f"Forename,Address,{other}", *rows, ""]))
    assert sheet.faults.is_empty()
    assert sheet.cells["c1"].to_list() == [address] * 5


def test_the_width_of_rows_is_known_although_most_lines_are_parts_of_cells(read: Read) -> None:
    rows = [
        f'{name}\t"The Old Rectory,\nChurch Road,\nStoke,\nTaunton,\nSomerset"\tLee, MBE'
        for name in ("Ann", "Bob", "Cat")
    ]
    sheet = read("\n".join(["Forename\tAddress\tParent", *rows, ""]))
    assert (sheet.delimiter.name, sheet.cells.height, sheet.faults.height) == ("tab", 3, 0)
