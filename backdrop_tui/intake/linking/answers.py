"""What users have said about who rows are: in this file, and in earlier ones so that nobody is asked the same again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zlib import crc32

import polars as pl

DIGESTED = ("first", "last", "born", "identifier", "second")
"""The columns of `Identity.rows` by which a row counts as the same as one of an earlier file."""


Rejected = tuple[int, str, int]
"""A row, the id of someone stored whom it isn't about, and the checksum of who they were when that was said."""


def identity_checksums(people: pl.DataFrame) -> pl.DataFrame:
    """Checksums of who people are.

    Args:
        people: Few people, with the columns of `Identity.people`.

    Returns:
        `id` (String) and `checksum` (UInt32), which changes if a name, the birth date or the identifier does.
    """
    values = people.select("id", "first_name", "surname", "born", "identifier")
    checksums = [crc32("\0".join(map(str, row)).encode()) for row in values.drop("id").iter_rows()]
    return values.select("id", checksum=pl.Series(checksums, dtype=pl.UInt32))


@dataclass(frozen=True)
class Answers:
    """What the user has said about rows of this file."""

    same: Mapping[int, str] = field(default_factory=dict)
    """The ids of the people whom rows are about, by row."""
    new: frozenset[int] = frozenset()
    """Rows about someone who isn't stored."""
    rejected: frozenset[Rejected] = frozenset()
    """The people stored with whom rows in `new` were compared when the user said so. Such a row can be about someone who has been
    stored or changed since, so that two users who answer at the same time don't store one person twice."""
    rights_given: frozenset[int] = frozenset()
    """Rows about staff who are to get more rights."""


@dataclass(frozen=True)
class KeptAnswers:
    """What users have said about who the rows of earlier files were.

    It names nobody: there is a digest of what a row was recognised by, and the id of the person whom the row is about.
    """

    salt: str = ""
    """What makes the digests of this school different from any other's: hexadecimal digits."""
    people: Mapping[str, str] = field(default_factory=dict)
    """The ids of people, by the digests of rows."""

    def answers_to(self, rows: pl.DataFrame) -> dict[int, str]:
        """The ids of the people whom rows are about, by row, as far as that has been said about rows just like them.

        Args:
            rows: `row` (UInt32) and the columns of `Identity.rows`, only of rows that someone has to settle.
        """
        digests = {row: self.digest(*values) for row, *values in rows.select("row", *DIGESTED).iter_rows()}
        return {row: self.people[digest] for row, digest in digests.items() if digest in self.people}

    def digest(self, *values: object) -> str:
        """The digest of what one row is recognised by: its values in the columns `DIGESTED`."""
        import hashlib  # noqa: PLC0415 - hardly any file needs it

        text = "\0".join("" if value is None else str(value) for value in values)
        return hashlib.blake2b(text.encode(), key=bytes.fromhex(self.salt), digest_size=16).hexdigest()
