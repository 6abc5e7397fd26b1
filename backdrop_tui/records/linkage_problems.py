"""What comparing a file with the people stored can report: rows whose person is not clear, or who would change."""

from backdrop_tui.records.schema.problems import ProblemType

UPN_TAKEN = ProblemType("upn-taken", "{field} belongs to another student", is_about_identity=True)
UPN_CHANGED = ProblemType("upn-changed", "A stored student may have a new UPN", is_about_identity=True)
UPN_KEPT = ProblemType("upn-kept", "{field} that will not be stored", "warning", is_about_identity=True)
EMAIL_TAKEN = ProblemType("email-taken", "{field} belongs to someone else", is_about_identity=True)
EMAIL_KEPT = ProblemType("email-kept", "{field} that will not be stored", "warning", is_about_identity=True)
PERSON_AMBIGUOUS = ProblemType("person-ambiguous", "Several stored people have this name")
PERSON_NEAR = ProblemType("person-near", "Might be someone already stored")
PERSON_CHANGED = ProblemType("person-changed", "Name or date of birth differs from what is stored", "warning")
DUPLICATE_PERSON = ProblemType("duplicate-person", "More than one row for the same person")
DUPLICATE_IN_FILE = ProblemType("duplicate-person", DUPLICATE_PERSON.title, "warning")

OF_ANY_KIND = (PERSON_AMBIGUOUS, PERSON_NEAR, PERSON_CHANGED, DUPLICATE_PERSON)
QUESTIONS = frozenset({
    UPN_TAKEN.code, UPN_CHANGED.code, EMAIL_TAKEN.code, PERSON_AMBIGUOUS.code, PERSON_NEAR.code,
})  # fmt: skip
"""The codes of the problems that ask whether a row is about someone stored."""
