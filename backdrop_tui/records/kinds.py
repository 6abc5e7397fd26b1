"""The kinds of people that there are."""

from collections.abc import Mapping

from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS

KINDS: Mapping[str, RecordKind] = {kind.name: kind for kind in (STUDENTS, STAFF)}
"""Each kind by its name, in the order of the set-up."""
