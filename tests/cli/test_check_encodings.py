"""`backdrop check` on files in unusual encodings, and on damaged ones."""

from pathlib import Path

import pytest

from tests.cli import Run
from tests.support.made_up import student, table

PEOPLE = [
    student(number, first_name=first, surname=surname)
    for number, (first, surname) in enumerate(
        [
            ("Zoé", "Möller"),
            ("Aimée", "Fernández"),
            ("Siôn", "Ibáñez"),
            ("Käthe", "Müller"),
            ("Irène", "Béart"),
        ]
    )
]


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "cp850"])
def test_the_encoding_of_western_names_is_recognised(backdrop: Run, encoding: str) -> None:
    Path("p.csv").write_bytes(table(PEOPLE).decode().encode(encoding))
    result = backdrop("check", "p.csv", "--format", "json").json
    assert result["encoding"] == encoding
    assert result["problems"] == []


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["without BOM", "with BOM"])
def test_a_broken_byte_is_a_problem_of_its_cell_alone(backdrop: Run, bom: bytes) -> None:
    good = table([student(number, surname="Müller") for number in range(20)])
    damaged = table([student(30, first_name="René", registration_group="7É")])
    row = damaged.splitlines(keepends=True)[-1].replace("é".encode(), b"\xe9").replace("É".encode(), b"\x81")
    Path("p.csv").write_bytes(bom + good + row)
    result = backdrop("check", "p.csv", "--format", "json").json
    assert result["encoding"] == ("utf-8-sig" if bom else "utf-8")
    assert result["counts"]["errors"] == 1
    by_field = {problem["field"]: problem for problem in result["problems"]}
    assert by_field.keys() == {"First Name", "Registration Group"}
    name, group = by_field["First Name"], by_field["Registration Group"]
    assert (name["code"], name["level"], name["value"], name["suggestion"], name["sure"]) == (
        "letter-lost", "error", "Ren\ufffd", "René", False
    )  # fmt: skip
    assert (group["code"], group["value"], group["suggestion"]) == ("letter-lost", "7\ufffd", None)


def test_a_broken_byte_in_a_full_name_suggests_its_letter_too(backdrop: Run) -> None:
    head = b"Name,DOB,Gender,Year,Reg\n"
    good = "".join(f'"Müller, Zoë{n}",14/03/2012,F,9,9A\n' for n in "abcdef").encode()
    Path("p.csv").write_bytes(head + good + b'"Lee, Ren\xe9",14/03/2012,M,9,9A\n')
    (problem,) = backdrop("check", "p.csv", "--format", "json").json["problems"]
    assert (problem["field"], problem["code"], problem["suggestion"]) == ("First Name", "letter-lost", "René")


def test_what_a_broken_byte_may_have_been_is_taken_only_by_hand(backdrop: Run) -> None:
    good, row = table(PEOPLE), table([student(9, first_name="Ren@")]).splitlines(keepends=True)[-1]
    Path("p.csv").write_bytes(good + row.replace(b"@", b"\xe9"))
    applied = backdrop("check", "p.csv", "--apply", "letter-lost", "--format", "json")
    assert applied.json["counts"]["errors"] == 1
    replaced = backdrop("check", "p.csv", "--replace", "First Name:Ren\ufffd=René", "--format", "json")
    assert replaced.json["counts"]["errors"] == 0


def test_a_guessed_encoding_is_a_note_that_a_choice_or_a_dismissal_ends(backdrop: Run) -> None:
    Path("p.csv").write_bytes(table(PEOPLE).decode().encode("mac-roman"))
    (finding,) = backdrop("check", "p.csv", "--format", "json").json["findings"]
    assert (finding["code"], finding["level"], finding["row_numbers"]) == (
        "encoding-guessed",
        "note",
        [2, 3, 4, 5, 6],
    )
    for answer in (["--encoding", "mac-roman"], ["--dismiss", "encoding-guessed"]):
        assert backdrop("check", "p.csv", *answer, "--format", "json").json["findings"] == []
    text = backdrop("check", "p.csv").out
    assert "Note: Read as Mac Roman: " in text
    assert "If they are wrong, choose another encoding.\n" in text
    assert "    --encoding NAME: Read the file in another encoding\n" in f"{text}\n"


def test_a_guessed_encoding_comes_before_what_the_names_say(backdrop: Run) -> None:
    people = [person | {"Surname": person["Surname"].upper()} for person in PEOPLE]
    Path("p.csv").write_bytes(table(people).decode().encode("mac-roman"))
    findings = backdrop("check", "p.csv", "--format", "json").json["findings"]
    assert [finding["code"] for finding in findings] == ["encoding-guessed", "capitals"]


def test_applying_a_guessed_encoding_names_the_option_for_another_one(backdrop: Run) -> None:
    Path("p.csv").write_bytes(table(PEOPLE).decode().encode("mac-roman"))
    refused = backdrop("check", "p.csv", "--apply", "encoding-guessed")
    assert refused.status == 2
    assert refused.err == (
        "backdrop: --apply encoding-guessed can't be used. Use --encoding to choose another encoding, "
        "or --dismiss encoding-guessed if the names are right.\n"
    )


def test_a_guessed_encoding_does_not_stop_an_import(backdrop: Run, signed_up: None) -> None:  # noqa: ARG001 - someone has
    Path("p.csv").write_bytes(table(PEOPLE).decode().encode("cp850"))
    assert backdrop("import", "p.csv").status == 0
