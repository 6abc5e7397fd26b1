"""Who is who among staff, decided row by row in plain Python: slow, simple, and independent of the product."""

from collections.abc import Sequence
from dataclasses import replace

from tests.support.likeness import fold, is_like
from tests.support.who_is_who import Facts, Verdict, with_duplicates


def decide_staff(rows: Sequence[Facts], stored: Sequence[Facts]) -> list[Verdict]:
    """Who the rows of a file are about. No two of them are the same in every field, or have the same address."""
    verdicts = [_at_once(row, stored) for row in rows]
    taken = {verdict.id for verdict in verdicts}
    for n, row in enumerate(rows):
        if verdicts[n].outcome == "new":
            verdicts[n] = _question(row, [person for person in stored if person["id"] not in taken])
    return [
        _with_warnings(row, stored, verdict)
        for row, verdict in zip(rows, with_duplicates(verdicts, [_name(row) for row in rows]), strict=True)
    ]


def _at_once(row: Facts, stored: Sequence[Facts]) -> Verdict:
    """What can be decided without looking at the other rows."""
    by_id = [
        person for person in stored if row.get("id") == person["id"] and not _contradicts_id(row, person)
    ]
    namesakes = [person for person in stored if _name(row) == _name(person)]
    if by_id and namesakes and by_id[0] not in namesakes and not _same_address(row, by_id[0]):
        return _verdict("person-ambiguous", *by_id, *namesakes)
    verdict = _verdict("recognised", by_id[0]) if by_id else _by_address_or_name(row, stored)
    holder = next((person for person in stored if _same_address(row, person)), None)
    if holder is not None and verdict.id not in {None, holder["id"]}:
        return Verdict("email-taken", verdict.ids, 0)
    return verdict


def _contradicts_id(row: Facts, person: Facts) -> bool:
    """Whether a row can't be about the person with its Back:drop ID: nothing else agrees."""
    if _addresses_differ(row, person):
        return _name(row) != _name(person)
    is_like_person = is_like(row["first_name"] or "", person["first_name"] or "")
    return not _same_address(row, person) and not is_like_person and _name(row)[1] != _name(person)[1]


def _by_address_or_name(row: Facts, stored: Sequence[Facts]) -> Verdict:
    namesakes = [person for person in stored if _name(row) == _name(person)]
    holder = next((person for person in stored if _same_address(row, person)), None)
    if holder is not None:
        is_another = bool(namesakes) and holder not in namesakes
        is_same = not is_another and is_like(row["first_name"] or "", holder["first_name"] or "")
        return _verdict("recognised" if is_same else "email-taken", holder)
    if len(namesakes) > 1:
        return _verdict("person-ambiguous", *namesakes)
    if namesakes and not _addresses_differ(row, namesakes[0]):
        return _verdict("recognised", namesakes[0])
    return Verdict()


def _question(row: Facts, stored: Sequence[Facts]) -> Verdict:
    """The question about someone of the same name with another address, or of a like name where an address is blank."""
    near = [
        person
        for person in stored
        if _name(row) == _name(person)
        or (
            not _addresses_differ(row, person)
            and _name(row)[1] == _name(person)[1]
            and is_like(row["first_name"] or "", person["first_name"] or "")
        )
    ]
    return _verdict("person-near", *near) if near else Verdict()


def _with_warnings(row: Facts, stored: Sequence[Facts], verdict: Verdict) -> Verdict:
    person = next((person for person in stored if person["id"] == verdict.id), None)
    if person is None or _name(row) == _name(person):
        return verdict
    return replace(verdict, warnings=frozenset({"person-changed"}))


def _verdict(outcome: str, *people: Facts) -> Verdict:
    return Verdict(outcome, frozenset(person["id"] or "" for person in people), 0)


def _addresses_differ(row: Facts, person: Facts) -> bool:
    return bool(row["email"] and person["email"]) and not _same_address(row, person)


def _same_address(row: Facts, person: Facts) -> bool:
    return bool(row["email"]) and (row["email"] or "").lower() == (person["email"] or "").lower()


def _name(person: Facts) -> tuple[str, str]:
    return fold(person["first_name"] or ""), fold(person["surname"] or "")
