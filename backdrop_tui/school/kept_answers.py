"""What users have said about who rows of files are, so that nobody is asked the same again.

Stored in setup.json, table `answers`, under a digest of what a row was recognised by, with the id of its person. They are forgotten
with that person, and when the import is undone in which they were given.
"""

import secrets
from collections.abc import Collection, Mapping
from typing import Any

from backdrop_tui.intake.linking.answers import KeptAnswers
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School

_TABLE = "answers"
_SALT = "salt"
_SALT_BYTES = 32


def kept_answers(school: School, kind: RecordKind) -> KeptAnswers:
    """What users have said about rows of earlier files.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    documents = [] if school.is_new else school.store.table(_TABLE).all()
    salt = next((str(document["salt"]) for document in documents if document["key"] == _SALT), "")
    people = {
        document["key"]: str(document["person"])
        for document in documents
        if document.get("kind") == kind.name
    }
    return KeptAnswers(salt, people if salt else {})


def keep_answers(school: School, kind: RecordKind, import_id: str, answers: Mapping[Any, str]) -> None:
    """Keep what a user has said about rows of a file.

    Args:
        school: The school.
        kind: Whether they are students or staff.
        import_id: The import of the file.
        answers: The ids of the people whom rows are about, by what `KeptAnswers.digest` is called with.
    """
    if not answers:
        return
    table = school.store.table(_TABLE)
    kept = kept_answers(school, kind)
    if not kept.salt:
        kept = KeptAnswers(secrets.token_hex(_SALT_BYTES))
        table.put(_SALT, {"salt": kept.salt})
    for values, person in answers.items():
        table.put(kept.digest(*values), {"kind": kind.name, "person": person, "import": import_id})


def answers_about(school: School, people: Collection[str]) -> list[Mapping[str, Any]]:
    """What users have said about people, given by their ids: `import` is the import in which they did."""
    return [document for document in school.store.table(_TABLE).all() if document.get("person") in people]


def forget_answers(school: School, *, people: Collection[str] = (), import_id: str = "") -> None:
    """Forget what users have said about people, given by their ids, or in one import."""
    table = school.store.table(_TABLE)
    for document in table.all():
        if document.get("person") in people or (import_id and document.get("import") == import_id):
            table.remove(document["key"])
