"""The kinds of people: students and staff."""

from collections.abc import Mapping

from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS

KINDS: Mapping[str, RecordKind] = {kind.name: kind for kind in (STUDENTS, STAFF)}
"""The kinds by name, in the order of set-up."""
