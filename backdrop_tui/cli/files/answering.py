"""The answers that `--apply` and `--dismiss` give to a checked file."""

from backdrop_tui.cli.files.options import FileOptions
from backdrop_tui.cli.output import say_error
from backdrop_tui.imports.answers import answer
from backdrop_tui.intake.draft.review import Review


def answered(seen: Review, options: FileOptions) -> Review:
    """Apply the user's answers, and say on standard error which of them the file has no use for.

    Raises:
        UnusableChoiceError: An answer can't be used.
    """
    result = answer(seen, apply=options.apply, dismiss=options.dismiss)
    for sentence in result.skipped:
        say_error(sentence)
    return result.review
