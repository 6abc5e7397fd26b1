"""How the rows of a draft are drawn."""

from backdrop_tui.tui.widgets.tables.review_table import _draw_row


def test_the_blanks_before_a_text_have_no_style_because_some_styles_underline() -> None:
    row, gender, surname = _draw_row(
        " 11",
        {"gender": "Boy", "surname": "St John"},
        {None: "error", "gender": "error"},
        {"gender": 2, "surname": 1},
        left_out=False,
    )
    assert [row.plain, gender.plain, surname.plain] == ["! 11", " !Boy", " St John"]
    assert [row.plain[span.start : span.end] for span in row.spans] == ["!", "11"]
    assert [(gender.plain[span.start : span.end], span.style) for span in gender.spans] == [("!Boy", "error")]
    assert surname.spans == []
