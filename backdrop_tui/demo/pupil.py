"""A student of the made-up school, as the export of its MIS has them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from backdrop_tui.demo.made_up_names import SHORT_FORMS

HEADINGS = "Adno,Legal Surname,Legal Forename,Preferred Forename,Gender,DOB,Year,Reg,Pupil UPN,Address,Notes"


@dataclass
class Pupil:
    """One row of the export, as texts."""

    number: int
    """The admission number."""
    first_name: str
    surname: str
    gender: str
    born: str
    year: str
    registration: str
    upn: str
    address: str
    notes: str
    problems: list[tuple[str | None, str]] = field(default_factory=list)
    """The problems in this row: label of the field (None for the whole row), problem code."""
    damage: Callable[[str], str] = str
    """What has happened to the finished line."""

    def line(self) -> str:
        """The line in the file, without a line ending."""
        cells = [
            str(self.number),
            self.surname,
            self.first_name,
            SHORT_FORMS.get(self.first_name, self.first_name),
            self.gender,
            self.born,
            self.year,
            self.registration,
            self.upn,
            self.address,
            self.notes,
        ]
        return self.damage(",".join(map(_quoted, cells)))

    def add_problem(self, label: str | None, code: str) -> None:
        """Note a problem that was just put into this row."""
        self.problems.append((label, code))


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',"\n') else cell
