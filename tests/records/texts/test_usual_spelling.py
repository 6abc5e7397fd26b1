import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.records.texts.usual_spelling import usual_first_name, usual_surname
from tests.support.real_names import NAMES


@pytest.mark.parametrize(
    "surname",
    ["Smith", "O'Neill", "McDonald", "van der Berg", "Smith-Jones", "ap Rhys", "de la Cruz", "Strauß", "Müller", "Ångström", "D'Arcy", "St. John",
     "von Braun", "dos Santos", "Ortega y Gasset", "Le Grice", "Di Marco", "O'Neill-McKay", "Ng'ang'a", "'t Hooft", "Van", "De", "El-Sayed", "Macdonald",
     "Mackey", "Dell'Acqua", "bin Laden", "Παπαδόπουλος", "Иванов", "Windsor III", "Ng", "O", "de los Santos", "Ní Briain", "Fitzgerald",
     "Moore-de Groot", "Hill-van Dijk", "Okoro-van 't Hoff", "Moore-ap Rhys", "van Dijk-Hill", "Jones-de la Cruz", "Smith-Le Grice", "Lee-Van",
     "Ọláṣubọ̀mí", "Okàfọ̀r-Ẹ̀kọ́", "Kaʻala", "ʻAkau", "M̃ara"],
)  # fmt: skip
def test_a_surname_in_capitals_is_written_as_usual(surname: str) -> None:
    assert usual_surname(surname.replace("ß", "ẞ").upper()) == surname


@pytest.mark.parametrize(
    "surname",
    [
        "Smith",
        "O'Neill",
        "McDonald",
        "van der Berg",
        "Moore-de Groot",
        "Groß",
        "Windsor III",
        "Ọ̀kọ́",
        "Özil",
        "'t Hooft",
    ],
)
def test_a_surname_in_small_letters_is_written_as_usual(surname: str) -> None:
    assert usual_surname(surname.lower()) == surname


def test_the_small_letter_of_a_turkish_capital_i_is_an_i() -> None:
    assert usual_surname("ŞAHİN") == "Şahin"


@pytest.mark.parametrize(("written", "usual"), [("JEAN-LUC", "Jean-Luc"), ("VAN", "Van"), ("D'ANDRE", "D'Andre"), ("TJ", "TJ"), ("JO", "Jo"), ("ÖZ", "Öz"), ("MARY JANE", "Mary Jane"), ("MCKENZIE", "McKenzie"), ("ỌLÁṢUBỌ̀MÍ", "Ọláṣubọ̀mí"), ("mary-jane", "Mary-Jane"), ("d'andre", "D'Andre"), ("tj", "TJ"), ("öz", "Öz")])  # fmt: skip
def test_a_first_name_is_written_as_usual(written: str, usual: str) -> None:
    assert usual_first_name(written) == usual


@settings(deadline=None)
@given(st.sampled_from([part for name in NAMES for part in (name, *name.split())]))
def test_no_letter_changes_but_for_its_case(name: str) -> None:
    for text in (name.upper(), name.lower()):
        for written in (usual_surname(text), usual_first_name(text)):
            assert written.upper().replace("İ", "I") == text.upper().replace("İ", "I")
