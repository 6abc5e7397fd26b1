"""The answers that the options of a command give to a checked file."""

from backdrop_tui.cli.files.options import FileOptions
from backdrop_tui.cli.output import say_error
from backdrop_tui.imports.answers import answer
from backdrop_tui.imports.row_answers import RowAnswers
from backdrop_tui.intake.draft.review import Review


def answered(seen: Review, options: FileOptions) -> Review:
    """Apply the user's answers, and say on standard error which of them the file has no use for.

    Raises:
        UnusableChoiceError: An answer can't be used.
    """
    rows = RowAnswers(options.same, options.new, options.same_all)
    result = answer(seen, apply=options.apply, dismiss=options.dismiss, rows=rows)
    for sentence in result.skipped:
        say_error(sentence)
    return result.review
