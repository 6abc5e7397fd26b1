import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.records.texts.small_letters import first_name_in_small_letters, surname_in_small_letters
from tests.support.real_names import NAMES


@pytest.mark.parametrize(
    "surname",
    ["Smith", "O'Neill", "McDonald", "van der Berg", "Smith-Jones", "ap Rhys", "de la Cruz", "Strauß", "Müller", "Ångström", "D'Arcy", "St. John",
     "von Braun", "dos Santos", "Ortega y Gasset", "Le Grice", "Di Marco", "O'Neill-McKay", "Ng'ang'a", "'t Hooft", "Van", "De", "El-Sayed", "Macdonald",
     "Mackey", "Dell'Acqua", "bin Laden", "Παπαδόπουλος", "Иванов", "Windsor III", "Ng", "O", "de los Santos", "Ní Briain", "Fitzgerald"],
)  # fmt: skip
def test_a_surname_in_capitals_is_written_as_usual(surname: str) -> None:
    assert surname_in_small_letters(surname.replace("ß", "ẞ").upper()) == surname


def test_the_small_letter_of_a_turkish_capital_i_is_an_i() -> None:
    assert surname_in_small_letters("ŞAHİN") == "Şahin"


@pytest.mark.parametrize(("written", "usual"), [("JEAN-LUC", "Jean-Luc"), ("VAN", "Van"), ("D'ANDRE", "D'Andre"), ("TJ", "TJ"), ("JO", "Jo"), ("ÖZ", "Öz"), ("MARY JANE", "Mary Jane"), ("MCKENZIE", "McKenzie")])  # fmt: skip
def test_a_first_name_in_capitals_is_written_as_usual(written: str, usual: str) -> None:
    assert first_name_in_small_letters(written) == usual


@settings(deadline=None)
@given(st.sampled_from([part for name in NAMES for part in (name, *name.split())]))
def test_no_letter_changes_but_for_its_case(name: str) -> None:
    for written in (surname_in_small_letters(name.upper()), first_name_in_small_letters(name.upper())):
        assert written.upper().replace("İ", "I") == name.upper().replace("İ", "I")
