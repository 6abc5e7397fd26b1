"""Patterns of what stands in rows of reports and templates that aren't people. Each matches one whole cell, cleaned."""

_TOTALS = (
    r"(?:grand |sub-? ?|overall |class |year |group )?totals?\b[^\p{L}]*(?:(?:number|no\.?|count|of|on|roll)\b.*)?",
    r"totals? (?:pupils?|students?|staff|children|records?|rows?)\b.*",
    r"(?:number|no\.?) (?:of|on) [\p{L} ]+[:=]?\s*[\d,]*|(?:pupil|student|staff|record|row) count\b.*",
    r"(?:count|roll|on roll)\s*[:=]?\s*[\d,]+",
    r"[\d,]+ (?:pupils?|students?|children|staff|employees|people|records?|rows?|results?|entries)(?: [a-z ]+)?\.?",
)
_PAGES = (r"(?:page|pg\.?)\s*\d+(?:\s*(?:of|/)\s*\d+)?", r"\d+ of \d+")
_DONE = r"(?:printed|generated|produced|created|exported|run|extracted|prepared|downloaded|(?:last )?updated|correct)"
_PRINTED = (
    rf"(?:(?:report|list|data|file|document|extract) )?(?:was )?{_DONE}(?::| (?:on|by|at|as|from|with|using|date)\b| \d).*",
    r"(?:as at|as of|date printed|print date|run date|report date|date of report)\b.*",
)
_ENDS = (
    r"end of (?:the )?(?:report|list|file|data|page|document|class|group)|continued (?:on|over).*|[\-_=*~. ]{2,}",
    r"confidential\b.*|official(?:[\- ]sensitive)?\b.*|copyright\b.*|©.*|\(c\) .*",
)
_INSTRUCTIONS = (
    r"(?:required|mandatory|compulsory|optional|not required|if (?:known|applicable|available))\b.*",
    r"(?:text|string|numeric|number|integer|date|alphanumeric|free ?text|drop-?down(?: list)?)(?: ?\(.*)?|\d+ ?(?:to|-|–) ?\d+",
    r"legal (?:first name|forename|surname|last name|family name|name)\b.*|y/n|yes/no|yes or no",
    r"m/f(?:/.*)?|m or f|male/female\b.*|male or female\b.*|dd?[/\-. ]?mm?[/\-. ]?yy(?:yy)?|yyyy-mm-dd|[ansx]\(?\d+\)?",
    r"(?:max(?:imum)?\.?|min(?:imum)?\.?|up to) ?(?:\d+|length|characters)\b.*|\d+ char(?:acter)?s?\b.*",
    r"(?:please|must|should|enter|type|use|write|choose|select|leave|insert|give|state|format|do not|don't|don’t)\s.*",
    r"(?:one of|as (?:on|in|per|shown))\s.*|<.+>|\[.+\]|\{.+\}|e\.g\..*|eg[.:,].*|for example\b.*",
)


def _any_of(patterns: tuple[str, ...]) -> str:
    return rf"(?i)^[(*\-_= ]*(?:{'|'.join(patterns)})[)*\-_= ]*$"


FOOTER = _any_of(_TOTALS + _PAGES + _PRINTED + _ENDS)
"""Totals, page numbers, when and by whom a report was printed, marks of its end."""
PRINTED = _any_of(_PAGES + _PRINTED)
"""Those of them that say nothing about people whatever stands beside them."""
FIGURE = r"^[\d.,%:()+£ \-]+$|^\p{L}{1,12} ?[:=] ?[\d.,%]+$"
"""A number, or one with a word before it: `120`, `F: 60`."""
LABELLED = r"^\p{L}[^:]{1,60}:(?:\s|$)"
"""Text after a colon, as in `Registration Group: 10A`."""
GROUP = (
    r"(?i)^(?:class|form|tutor(?: group)?|reg(?:istration)?(?: group)?|year(?: group)?|group|set|house)\b.*\d"
)
"""A group by its number: `Class 10A`."""
PROSE = r"^(?:\S+\s+){7,}\S+$|^(?:\S+\s+){3,}\S+[.!]$"
"""Eight words, or four that end with a full stop."""
INSTRUCTION = _any_of(_INSTRUCTIONS)
"""What to write in a column, or in which format."""
EXAMPLE = r"(?i)^\(?(?:e\.g\.?|eg[.:,]|for example\b)"
"""An example of a single cell."""
EXAMPLE_ROW = (
    r"(?i)^[(\[*]*(?:example|sample)"
    r"(?: (?:row|line|pupil|student|child|staff|person|record|entry|data|only))?[)\]*:.]*$"
)
"""What stands in front of a whole row that is an example."""
COMMENT = r"^(?:##|#\s*\p{L}|//)"
"""The beginning of a row that is a comment, unless it is a `SPREADSHEET_ERROR`."""
SPREADSHEET_ERROR = r"(?i)^#(?:n/a|ref!|name\?|value!|div/0!|null!|num!)"
"""A formula that a spreadsheet couldn't work out."""
