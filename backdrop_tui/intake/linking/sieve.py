"""A quick look at which rows of a very large file could be about someone stored, if few people are stored."""

import polars as pl

from backdrop_tui.intake.linking.identities import Identity
from backdrop_tui.intake.linking.likeness import near_days
from backdrop_tui.records.fields.names import SURNAME_START
from backdrop_tui.records.fields.other_identifiers import BACKDROP_ID
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.folded_names import folded_starts
from backdrop_tui.records.schema.hashing import combined_keys, hash_keys, key_of

_MANY_ROWS = 50_000
_TIMES_AS_MANY = 20
"""How many times as many rows as people there must be for this to save time."""


def may_be_stored(identity: Identity, people: FilePeople, known: pl.DataFrame) -> pl.Series | None:
    """Which rows could be about someone stored (Boolean); None if all of them may as well be compared.

    Such a row has the person's identifier, or the birth date, or nearly the birth date and the start of the surname. Numbers are
    compared, because that takes a tenth of the time.

    Args:
        identity: What people are recognised by.
        people: The file's people, checked.
        known: What `Identity.people` returns.
    """
    rows = people.frame().height
    if identity.birth_date is None or rows < _MANY_ROWS or known.height * _TIMES_AS_MANY > rows:
        return None
    columns = {identity.identifier: "identifier", identity.former_identifier: "identifier"}
    columns |= {identity.second_identifier: "second", BACKDROP_ID: "id"}
    births = people.values(key_of(identity.birth_date))
    stored_births = hash_keys(known["born"].dt.to_string("%Y-%m-%d"))
    likely = births.is_in(stored_births.implode())
    for field, name in columns.items():
        if field is not None and people.has(field):
            likely |= people.values(key_of(field)).is_in(hash_keys(known[name].drop_nulls()).implode())
    nearly = _near_keys(people, identity.birth_date, known)
    return likely | combined_keys(births, people.values(SURNAME_START)).is_in(nearly.implode())


def _near_keys(people: FilePeople, birth_date: Field, known: pl.DataFrame) -> pl.Series:
    """The keys of birth date and start of surname that rows about these people would have if the birth date is nearly theirs."""
    of_file = people.combinations(birth_date).different[birth_date.key].drop_nulls()
    near = near_days(known["born"], of_file.str.to_date("%Y-%m-%d", strict=False).drop_nulls())
    starts = known.select("born", start=folded_starts(known["surname"])).join(near, on="born")
    return combined_keys(hash_keys(starts["born.stored"].dt.to_string("%Y-%m-%d")), starts["start"])
