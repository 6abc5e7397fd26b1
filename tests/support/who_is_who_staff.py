"""Who is who among staff, decided row by row in plain Python: slow, simple, and independent of the product."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tests.support.likeness import fold, is_like
from tests.support.who_is_who import Facts, Verdict


def decide_staff(rows: Sequence[Facts], stored: Sequence[Facts]) -> list[Verdict]:
    """Who the rows of a file are about. No two of them are the same in every field, or have the same address."""
    verdicts = [_at_once(row, stored) for row in rows]
    by_id, by_name = defaultdict[str, list[int]](list), defaultdict[tuple[str, str], list[int]](list)
    for n, row in enumerate(rows):
        by_name[_name(row)].append(n)
        if (person := verdicts[n].id) is not None:
            by_id[person].append(n)
    before = list(verdicts)
    for numbers in (*by_id.values(), *by_name.values()):
        ids = [before[n].id for n in numbers]
        each_is_another = None not in ids and len(set(ids)) == len(ids)
        for n in () if len(numbers) < 2 or each_is_another else numbers:
            if before[n].outcome in {"recognised", "new"}:
                verdicts[n] = replace(before[n], outcome="duplicate-person")
    return [_with_warnings(row, stored, verdict) for row, verdict in zip(rows, verdicts, strict=True)]


def _at_once(row: Facts, stored: Sequence[Facts]) -> Verdict:
    """What can be decided without looking at the other rows."""
    for person in stored:
        are_others = bool(row["email"] and person["email"]) and not _same_address(row, person)
        if row.get("id") == person["id"] and not (are_others and _name(row) != _name(person)):
            return _verdict("recognised", person)
    namesakes = [person for person in stored if _name(row) == _name(person)]
    holder = next((person for person in stored if _same_address(row, person)), None)
    if holder is not None:
        is_another = bool(namesakes) and holder not in namesakes
        is_same = not is_another and is_like(row["first_name"] or "", holder["first_name"] or "")
        return _verdict("recognised" if is_same else "email-taken", holder)
    if not namesakes:
        return Verdict()
    if len(namesakes) > 1:
        return _verdict("person-ambiguous", *namesakes)
    has_other_address = bool(row["email"] and namesakes[0]["email"])
    return _verdict("person-near" if has_other_address else "recognised", namesakes[0])


def _with_warnings(row: Facts, stored: Sequence[Facts], verdict: Verdict) -> Verdict:
    person = next((person for person in stored if person["id"] == verdict.id), None)
    if person is None or _name(row) == _name(person):
        return verdict
    return replace(verdict, warnings=frozenset({"person-changed"}))


def _verdict(outcome: str, *people: Facts) -> Verdict:
    return Verdict(outcome, frozenset(person["id"] or "" for person in people), 0)


def _same_address(row: Facts, person: Facts) -> bool:
    return bool(row["email"]) and (row["email"] or "").lower() == (person["email"] or "").lower()


def _name(person: Facts) -> tuple[str, str]:
    return fold(person["first_name"] or ""), fold(person["surname"] or "")
