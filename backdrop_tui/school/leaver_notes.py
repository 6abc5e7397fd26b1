"""What admins have noted about single people, besides what is stored with each: setup.json, by the person's id.

Table `confirmed_departures`: that someone with child-protection rights really has no access any more. Table `kept_records`: why a
record is to be kept for longer than others, such as an inquiry.
"""

from collections.abc import Mapping

from backdrop_tui.school.school import School

_CONFIRMED = "confirmed_departures"
_KEPT = "kept_records"


def confirmed_departures(school: School) -> Mapping[str, str | None]:
    """The confirmed departures: by the person's id, the day of leaving for which it was confirmed.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    return {document["key"]: document.get("left_on") for document in school.store.table(_CONFIRMED).all()}


def confirm_departure(school: School, person_id: str, left_on: str | None) -> None:
    """Store that someone who left on a day has no access any more. Raises `DataFolderError` if that can't be stored."""
    school.store.table(_CONFIRMED).put(person_id, {"left_on": left_on})


def withdraw_confirmation(school: School, person_id: str) -> None:
    """Store that someone who left may still have access. Raises `DataFolderError` if that can't be stored."""
    school.store.table(_CONFIRMED).remove(person_id)


def reason_to_keep(school: School, person_id: str) -> str:
    """Why a person's record is to be kept for longer than others; empty if it isn't.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    document = school.store.table(_KEPT).get(person_id)
    return str(document.get("reason", "")) if document else ""


def kept_records(school: School) -> Mapping[str, str]:
    """Why records are to be kept for longer than others, by the person's id.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    documents = school.store.table(_KEPT).all()
    return {document["key"]: str(document.get("reason", "")) for document in documents}


def keep_record(school: School, person_id: str, reason: str) -> None:
    """Store why a person's record is to be kept for longer than others, or with an empty reason that it isn't.

    Raises:
        DataFolderError: It can't be stored.
    """
    table = school.store.table(_KEPT)
    if reason:
        table.put(person_id, {"reason": reason})
    else:
        table.remove(person_id)


def forget_notes(school: School, person_id: str) -> None:
    """Remove everything noted about a person. Raises `DataFolderError` if that can't be stored."""
    with school.store.transaction():
        for name in (_CONFIRMED, _KEPT):
            school.store.table(name).remove(person_id)
