import pytest

from backdrop_tui.intake.output.csv_text import for_spreadsheet, guarded


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"), ("+44", "'+44"), ("-x", "'-x"), ("@cmd", "'@cmd"), ("\t=x", "'=x"), ("\r\n=x", "'=x"),
        (" =x", "'=x"), ("\tx", "x"), ("-", "-"), ("=", "="), ("", ""), ("O'Neill", "O'Neill"), ("'=x", "'=x"),
        ("'tHart", "'tHart"), (" x ", " x "), ("a=b", "a=b"),
    ],
)  # fmt: skip
def test_a_cell_that_a_spreadsheet_would_run_is_guarded(cell: str, written: str) -> None:
    assert guarded(cell) == written


def test_a_byte_order_mark_is_added_only_if_it_is_needed() -> None:
    assert for_spreadsheet(b"a") == b"a"
    assert for_spreadsheet("é".encode()) == b"\xef\xbb\xbf" + "é".encode()
