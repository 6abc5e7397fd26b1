"""The user group that a job title suggests.

A title suggests a group with more rights than Teachers only if every word of it is accounted for. So whoever helps a person
with rights (`PA to the DSL`), only shares a word with one (`Principal Lab Technician`), or doesn't hold the post (`Former
DSL`) never gets that person's group.
"""

import re
from functools import cached_property

from backdrop_tui.records.rights.user_groups import (
    ADMIN,
    BUSINESS,
    DSLS,
    GOVERNORS,
    LONGEST,
    PATTERN_GROUP,
    SLTS,
    TAS,
    TEACHERS,
    default_rights,
)


class _Pattern:
    """A regular expression that is compiled when it is first used: all of them take 30 ms, and students need none."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._pattern = pattern
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression, ready to be used."""
        return re.compile(self._pattern, self._flags)


_NOT_IN_POST = _Pattern(
    r"\b(?:former(?:ly)?|ex|retire[ds]?|retiring|trainees?|training|aspiring|prospective|future|past|previous(?:ly)?|outgoing"
    r"|incoming|elect|designate|candidate|applicant|intern|apprentice|shadow(?:ing)?|emeritus|honorary|vacan(?:t|cy)|leavers?"
    r"|leaving|left|until|was|not|non|no|never|unqualified|student teachers?|suspended|resigned|dismissed|deceased|junior"
    r" leadership|pupil leadership|student leadership)\b"
)
_HELPER = _Pattern(
    r"\b(?:pa|pas|assistants?|asst|aide|admin(?:istrat\w+)?|secretar\w+|clerk|clerical|support|technician|liaison|husband|wife|parent"
    r"|office|reception\w*|helper|deputy|dep|link|buddy|junior|middle|pupil|student|cover)\b"
)


def _any_of(*words: str) -> str:
    return f"(?:{'|'.join(words)})"


def _phrase(before: str, noun: str, after: str = "") -> _Pattern:
    """A pattern of whole titles: any of some words before a noun, and an optional end."""
    return _Pattern(rf"(?:(?:{before}) )*{noun}{after}")


_SCHOOL = "the|our|school|academy|college|trust|primary|secondary|infants?|juniors?|lower school|upper school|whole school"
_HEAD = r"head(?: ?teacher| ?master| ?mistress)?s?"
_PART_OF_SCHOOL = "lower|upper|primary|secondary|junior|infant|first|middle|prep|senior|the"
_LEADER = _any_of(
    r"(?:deputy )?d?dsls?", r"designated safeguarding (?:lead|person|officer)s?", r"safeguarding(?: (?:leads?|team))?",
    "child protection", "sbms?", r"(?:school )?business (?:manager|leader|director)s?", "bursars?",
    rf"(?:executive |deputy |assistant |vice )?(?:{_HEAD}|principals?)", "slts?", r"(?:senior )?leaders?(?:hip)?(?: team)?",
    "governors?", r"governing (?:body|board)", "trustees?", "chair",
)  # fmt: skip
_OFFICE_WORD = _any_of(
    _SCHOOL, "personal|executive|senior|junior|chief|lead|main|front|general|clerical|office|admin|administrative|pupil|student|attendance",
    "admissions?|exams?|examinations?|data|finance|financial|payroll|hr|human resources|personnel|sims|mis|cover|reception",
    r"send?|senco|pastoral|key stage \d|ks ?\d|sixth form|welfare|business|part time|full time|temporary", _LEADER,
)  # fmt: skip
_OFFICE_NOUN = _any_of(
    "pas?", "(?:personal|executive) assistants?", "secretar(?:y|ies)", "receptionists?", "reception", "office", "clerks?",
    r"admin(?:s|istrators?|istration|istrative)?(?: (?:assistant|officer|manager|support|staff|team|clerk)s?)?",
    "office (?:manager|assistant|staff|team|junior)s?", "clerical(?: (?:assistant|officer|staff)s?)?", "registrar",
    "finance(?: (?:officer|manager|assistant|clerk|team)s?)?",
    "(?:data|exams?|examinations?|attendance|hr|admissions|payroll) (?:manager|officer|assistant|clerk|team)s?",
)  # fmt: skip
_ASSISTANT_OF_LEADER = rf"{_LEADER} (?:assistants?|support (?:officer|assistant)s?)"
_BUSINESS_NOUN = "(?:sbms?|sbl|bursars?|business (?:manager|leader|director)s?)"

_TITLES: tuple[tuple[str, _Pattern], ...] = (
    (ADMIN, _phrase(_OFFICE_WORD, _any_of(_OFFICE_NOUN, _ASSISTANT_OF_LEADER))),
    (ADMIN, _phrase(_SCHOOL, rf"(?:assistant|asst|deputy|associate) (?:school )?{_BUSINESS_NOUN}")),
    (ADMIN, _Pattern(rf"{_OFFICE_NOUN} of (?:the )?{_LEADER}")),
    (TAS, _Pattern(
        r"(?:.* )?(?:(?:hl)?tas?|lsas?|(?:teaching|teachers?|class(?:room)?|learning(?: support)?|send?|special needs|nursery"
        r"|inclusion|year \d+|ks ?\d|early years|one to one) (?:support )?(?:assistants?|assts?)|(?:teaching|learning|classroom) support"
        r"(?: staff)?)(?: (?:ks ?\d|level \d|year \d+|eyfs|send?|one to one|cover|nursery))*"
    )),
    (GOVERNORS, _phrase(
        _any_of("parent|community|foundation|co opted|local authority|la|link|safeguarding|send?|associate|partnership",
                "(?:vice |co )?chair(?:man|woman|person)?(?: of(?: the)?)?|board of|lead", _SCHOOL),
        r"(?:governors?|trustees?|governing (?:body|board))",
    )),
    (BUSINESS, _phrase(_any_of(_SCHOOL, "senior|acting|interim|executive|lead"), _BUSINESS_NOUN)),
    (DSLS, _phrase(
        _any_of(_SCHOOL, "lead|senior|deputy|alternate|additional|named|acting|interim|temporary"),
        r"(?:d?dsls?|designated safeguarding (?:lead|person|officer)s?|safeguarding lead(?:er)?s?)", "(?: team| lead)?",
    )),
    (SLTS, _phrase(
        _any_of(_SCHOOL, "executive|deputy|assistant|associate|acting|interim|co|vice|senior|temporary"),
        rf"(?:{_HEAD}|principals?)", rf"(?: of (?:(?:{_PART_OF_SCHOOL}) )*(?:school|academy|college))?",
    )),
    (SLTS, _phrase(
        "member of(?: the)?|the", r"(?:slts?|smts?|senior (?:lead(?:er|ership)|management)s?(?: team)?|leadership team)",
        "(?: members?)?",
    )),
)  # fmt: skip
"""User groups with patterns that a whole title must match. Those of helpers come first."""
_TEACHER = _Pattern(
    r"\b(?:teachers?|tutors?|lecturers?|ects?|nqts?|send?co(?:ordinator)?s?|(?:subject|phase|year|curriculum) lead(?:er)?s?"
    r"|heads? of)\b"
)
_ENDS_AS_HELPER = _Pattern(
    r"\b(?:assistants?|support|technicians?|administrators?|admin|secretary|pa|clerk|trainer|liaison)$"
)
_QUALIFIER = _Pattern(
    rf"(?:the )?(?:{_SCHOOL}|lead|ks ?\d|key stage \d|eyfs|early years|reception|inclusion|pastoral|curriculum|teaching|learning"
    r"|behaviour|standards|achievement|progress|personal development|safeguarding|attendance|send?|assessment|sixth form"
    r"|(?:maternity )?cover|job share|part time|full time|acting|interim|temporary|fixed term|[01]\d?(?: ?fte)?)"
)

_BETWEEN_POSTS = _Pattern(r"[;|•]")
_BETWEEN_TITLES = _Pattern(r"[;|•,/\\&+()\[\]:]|\s[-–—]+\s|\b(?:and|or)\b", re.IGNORECASE)
_SERVING = _Pattern(r" (?:to|for|on behalf of|supporting|assisting|under) ")
_LEADER_SERVED = _Pattern(rf"(?:the |our )?{_LEADER}\b")
_TEACHER_SERVED = _Pattern(r"(?:the |a |our )?(?:class )?teachers?\b")


def words_of_others(title: str) -> frozenset[str]:
    """The words of a title that show that its holder doesn't hold the post that it names: `former`, `pa`, `assistant`."""
    words = _plain(title)
    return frozenset([*_NOT_IN_POST.compiled.findall(words), *_HELPER.compiled.findall(words)])


def titles_in(text: str) -> list[str]:
    """The titles or group names that a text lists."""
    return [title for part in _BETWEEN_TITLES.compiled.split(text) if (title := part.strip())]


def is_qualifier(title: str) -> bool:
    """Whether one of several titles only says more about the others: `Lead`, `KS2`, `Acting`."""
    return bool(_QUALIFIER.compiled.fullmatch(_plain(title)))


def group_for_title(title: str) -> str | None:
    """The standard user group that a job title suggests; None if it suggests none, or several."""
    words = _plain(title)
    if len(title) > LONGEST or _NOT_IN_POST.compiled.search(words):
        return None
    groups: set[str | None] = set()
    for post in _BETWEEN_POSTS.compiled.split(words):
        groups |= _groups_of_post(post.strip())
    known = groups - {None}
    group = known.pop() if len(known) == 1 else None
    if group is None or (None in groups and default_rights(group) - default_rights(PATTERN_GROUP)):
        return None
    return group


def _plain(title: str) -> str:
    """A title in lower case, without full stops after initials, possessives and hyphens: `headteacher pa`, `co head`."""
    text = re.sub(r"\b(\w)\.", r"\1", title.lower().replace("’", "'"))
    text = re.sub(r"'s\b|'", "", text)
    text = re.sub(r"(?<=\w)[-‐‑](?=\w)|\.|_", " ", text)
    return " ".join(text.split())


def _groups_of_post(post: str) -> set[str | None]:
    """The groups of one post's titles; None stands for words that aren't accounted for.

    What follows `to` or `for` says whom the person serves or what for, not who they are: `PA to the Headteacher`.
    """
    titles, *served = _SERVING.compiled.split(post, maxsplit=1)
    purpose = served[0] if served else ""
    if purpose and titles in {"assistant", "assistants", "asst"}:
        if _TEACHER_SERVED.compiled.match(purpose):
            return {TAS}
        return {ADMIN if _LEADER_SERVED.compiled.match(purpose) else None}
    parts = titles_in(titles)
    groups = {
        _group_of_title(title)
        for title in parts
        if len(parts) == 1 or not _QUALIFIER.compiled.fullmatch(title)
    }
    purposes = titles_in(purpose) if groups != {ADMIN} else []
    is_head_of_part = "head" in parts and len(parts) + len(purposes) > 1  # Head, Sixth Form
    if is_head_of_part or not all(map(_QUALIFIER.compiled.fullmatch, purposes)):
        groups.add(None)
    return groups


def _group_of_title(title: str) -> str | None:
    """The group that one title in plain form suggests; None if it suggests none."""
    for group, pattern in _TITLES:
        if pattern.compiled.fullmatch(title):
            return group
    return (
        TEACHERS if _TEACHER.compiled.search(title) and not _ENDS_AS_HELPER.compiled.search(title) else None
    )
