"""What people are recognised by: the same columns for the rows of a file and for the people stored."""

from dataclasses import dataclass

import polars as pl

from backdrop_tui.intake.linking.decision_table import STAFF_LINES, STUDENT_LINES, Line
from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.fields.gender import GENDER
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.fields.other_identifiers import ADMISSION_NUMBER, BACKDROP_ID
from backdrop_tui.records.fields.upn import FORMER_UPN, TEMPORARY, UPN
from backdrop_tui.records.leaving import HAS_LEFT
from backdrop_tui.records.linkage_problems import EMAIL_TAKEN, UPN_TAKEN
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.folded_names import folded, folded_starts
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.staff import EMAIL, STAFF
from backdrop_tui.records.students import STUDENTS

_ALL_THE_SAME_DAY = pl.date(2000, 1, 1)
"""What stands for the birth date of people whose birth dates aren't known."""


@dataclass(frozen=True, eq=False)
class Identity:
    """What one kind of people is recognised by."""

    kind: RecordKind
    """The kind of people."""
    lines: tuple[Line, ...]
    """The decision table."""
    identifier: Field
    """The field that tells people apart: two people never share its value."""
    taken: ProblemType
    """What is reported if a row seems to be about someone else than the person with its identifier."""
    second_identifier: Field | None = None
    """The field that counts where the identifiers don't say anything."""
    former_identifier: Field | None = None
    """The field with the identifier that a person had before."""
    birth_date: Field | None = None
    """The field with the birth date; None if it isn't known."""
    gender: Field | None = None
    """The field with the gender; None if it isn't known."""

    @property
    def name_in_words(self) -> str:
        """What someone is called in a sentence about namesakes."""
        return "name" if self.birth_date is None else "name and date of birth"

    @property
    def identifier_in_words(self) -> str:
        """The identifier in a sentence."""
        return "UPN" if self.identifier is UPN else "e-mail address"

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of a row by which people are recognised."""
        fields = (
            FIRST_NAME,
            SURNAME,
            self.birth_date,
            self.gender,
            self.identifier,
            self.second_identifier,
            self.former_identifier,
            BACKDROP_ID,
        )
        return tuple(field for field in fields if field is not None)

    def is_temporary(self, identifier: str) -> pl.Expr:
        """Whether an identifier, given by its column, is only temporary (Boolean); null if it is blank."""
        if self.identifier is UPN:
            return pl.col(identifier).str.contains(TEMPORARY)
        return pl.when(pl.col(identifier).is_not_null()).then(pl.lit(value=False))

    def rows(self, people: FilePeople, where: pl.Series | None = None) -> pl.DataFrame:
        """The rows of a file that have everything that a person needs to be recognised.

        Returns:
            `row` (UInt32) and the columns of `_columns`, with `former` (String) and `backdrop_id` (String).
        """
        frame = people.frame(*self.fields, where=where)
        former = self.former_identifier
        return self._columns(
            frame,
            "row",
            former=pl.lit(None, pl.String) if former is None else former.col,
            backdrop_id=BACKDROP_ID.col,
        )

    def people(self, stored: pl.DataFrame) -> pl.DataFrame:
        """The people stored: `id` (String), the columns of `_columns`, `has_left` (Boolean), and `start` (UInt32: see `folded_starts`)."""
        people = self._columns(stored, "id", has_left=HAS_LEFT)
        return people.with_columns(folded_starts(people[SURNAME.key]).alias("start"))

    def _columns(self, frame: pl.DataFrame, key: str, **more: pl.Expr) -> pl.DataFrame:
        """The columns by which people are compared, without people who lack a name or a birth date.

        Returns:
            `key`; `first_name` and `surname` (String), `born` (Date), `gender`, `identifier` (in lower case if case doesn't
            count) and `second` (String), and the columns in `more`.
        """
        nothing = pl.lit(None, pl.String)
        identifier = self.identifier.col if self.identifier is UPN else self.identifier.col.str.to_lowercase()
        return frame.select(
            key,
            FIRST_NAME.col,
            SURNAME.col,
            born=self.birth_date.col.str.to_date("%Y-%m-%d", strict=False)
            if self.birth_date
            else _ALL_THE_SAME_DAY,
            gender=self.gender.col if self.gender else nothing,
            identifier=identifier,
            second=self.second_identifier.col if self.second_identifier else nothing,
            **more,
        ).drop_nulls([FIRST_NAME.key, SURNAME.key, "born"])


def with_folded_names(people: pl.DataFrame) -> pl.DataFrame:
    """People with their names folded, as `first` and `last` (String). Folding takes long, so it is left until it is known for whom.

    Args:
        people: `first_name` and `surname` (String), and more.
    """
    # Both in one go, because getting ready for a few names takes as long as folding a thousand.
    both = folded(pl.concat([people[FIRST_NAME.key], people[SURNAME.key].alias(FIRST_NAME.key)]))
    return people.with_columns(
        both.slice(0, people.height).alias("first"), both.slice(people.height).alias("last")
    )


IDENTITIES = {
    identity.kind.name: identity
    for identity in (
        Identity(
            STUDENTS,
            STUDENT_LINES,
            identifier=UPN,
            taken=UPN_TAKEN,
            second_identifier=ADMISSION_NUMBER,
            former_identifier=FORMER_UPN,
            birth_date=DATE_OF_BIRTH,
            gender=GENDER,
        ),
        Identity(STAFF, STAFF_LINES, identifier=EMAIL, taken=EMAIL_TAKEN),
    )
}
"""What each kind of people is recognised by, by the kind's name."""
