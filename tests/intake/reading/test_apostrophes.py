import pytest

from .conftest import Read

HEAD = "Forename,Surname,Address,DOB"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_cells_in_apostrophes_are_read_as_quoted(read: Read, mark: str) -> None:
    rows = [
        f"Ann{letter},O'Neill,'{n} King's Road{mark} Leeds',0{n}/03/2012"
        for n, letter in enumerate("abcdefgh", 1)
    ]
    rows[3] = f"""'Bob ''Bobby''',Lee,'Flat "4"{mark} Leeds',04/03/2012"""
    sheet = read("\n".join([HEAD, *rows, ""]).replace(",", mark))
    assert sheet.cells["c2"][0] == f"1 King's Road{mark} Leeds"
    assert sheet.cells.row(3)[1:4] == ("Bob 'Bobby'", "Lee", f'Flat "4"{mark} Leeds')
    assert sheet.cells["c1"][0] == "O'Neill"
    assert sheet.faults.is_empty()


@pytest.mark.parametrize(
    "rows",
    [
        ["'Ann,Lee,1 High Street,01/03/2012", "Bob,'Poe',2 High Street,02/03/2012"],
        ["Ann,Lee,'1 High Street, Leeds',01/03/2012", *["Bob,Poe,'The Elms', 2, 02/03/2012"] * 9],
        ["Ann,Lee,\"'The Elms', Leeds\",01/03/2012", "Bob,Poe,'The Elms, Leeds',02/03/2012"],
    ],
)
def test_other_apostrophes_stay_what_they_are(read: Read, rows: list[str]) -> None:
    sheet = read("\n".join([HEAD, *rows, ""]))
    kept = [cell for row in sheet.cells.drop("row").rows() for cell in row]
    kept += [cell for cells in sheet.extra.values() for cell in cells]
    assert "".join(kept).count("'") == "".join(rows).count("'")
    assert sheet.cells.height == len(rows)


def test_a_space_after_each_delimiter_is_no_part_of_the_cells(read: Read) -> None:
    rows = [
        'Ann, Lee, "1 High Street, Leeds", 01/03/2012',
        "Bob, Poe, 2 High Street, 02/03/2012",
        "Cat, Day, , , extra",
    ]
    sheet = read("\n".join([HEAD.replace(",", ", "), *rows, ""]))
    assert sheet.headings == tuple(HEAD.split(","))
    assert sheet.cells.drop("row").rows() == [
        ("Ann", "Lee", "1 High Street, Leeds", "01/03/2012"),
        ("Bob", "Poe", "2 High Street", "02/03/2012"),
        ("Cat", "Day", "", ""),
    ]
    assert sheet.extra == {4: ("extra",)}
