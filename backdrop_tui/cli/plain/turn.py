"""The move to a new school year: who stays, moves up, joins, returns and leaves, and confirming that."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from backdrop_tui.cli.plain.dialogue import Action
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.imports.move_up import move_up, preview_moving_up
from backdrop_tui.imports.turn.in_words import group_in_words, meaning_of, what_will_happen
from backdrop_tui.imports.turn.movements import TITLES, Movement, Turn
from backdrop_tui.imports.turn.terms import TurnTerms
from backdrop_tui.people.leaver_changes import past_day
from backdrop_tui.records.fields.dates import in_words as date_in_words
from backdrop_tui.records.schema.context import academic_year_in_words
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.steps.locks import require_unlocked
from backdrop_tui.wording import listed

UNDO_NOTE = "You can undo all of it: choose “Undo the last import” on the Action Plan."
"""How a move to a new school year is undone."""


def move_everyone_up(session: Session) -> None:
    """Say what moving everybody up without a file would do, and do it if the user confirms that."""
    require_unlocked(session.school, step_adding(STUDENTS))
    terms = terms_of_turn(session, lambda _: preview_moving_up(session.school, session.today))
    if terms is None:
        session.dialogue.say("Nobody has been moved up.")
        return
    session.dialogue.say("Moving everyone up.")
    result = move_up(session.school, terms, today=session.today)
    assert result.turn is not None  # noqa: S101 - for the type checker
    session.dialogue.say("", *what_was_done(result.turn, terms))


def terms_of_turn(session: Session, plan: Callable[[bool], Turn]) -> TurnTerms | None:
    """Say what a turn would do, and ask for its terms until the user confirms them.

    Args:
        session: The session.
        plan: Works out the turn: given whether people leave even if the file has only part of the school in it.

    Returns:
        The terms; None if the user goes back.
    """
    dialogue = session.dialogue
    terms, is_part, heard = TurnTerms(session.today), False, [""]
    while True:
        turn = plan(terms.part_may_leave)
        is_part = is_part or bool(turn.findings)
        if (description := [*_description(turn, terms)]) != heard:
            dialogue.say("", "New school year. Nothing has been stored yet.", *description)
            heard = description
        action = dialogue.choose_action("What now?", _actions(session, turn, terms, is_part=is_part))
        if action is None:
            return None
        with session.telling_errors():
            match action():
                case TurnTerms(seen=Turn()) as confirmed:
                    return confirmed
                case TurnTerms() as changed:
                    terms = changed


def _description(turn: Turn, terms: TurnTerms) -> Iterator[str]:
    """The number of each movement with what it means, when people leave, and what speaks against it."""
    for movement, title in TITLES.items():
        meaning = meaning_of(turn, movement)
        if turn.counts[movement]:
            yield f"{title}: {turn.counts[movement]:,}{f', {meaning}' if meaning else ''}."
    if nobody := [title.lower() for movement, title in TITLES.items() if not turn.counts[movement]]:
        yield f"Nobody is {listed(nobody, conjunction='or')}."
    if turn.counts[Movement.LEAVING]:
        yield f"Those who leave are marked as having left on {date_in_words(terms.left_on)}."
    if turn.academic_year is not None:
        yield f"The school's academic year will be {academic_year_in_words(turn.academic_year)}."
    for finding in turn.findings:
        yield f"{finding.message} They stay, unless you choose to let them leave."
    if terms.part_may_leave:
        yield "Everyone who isn't in the file will leave, because you chose that."


def _actions(session: Session, turn: Turn, terms: TurnTerms, *, is_part: bool) -> list[Action]:
    """What can be done with a turn, each with its label."""
    dialogue, leaving = session.dialogue, turn.counts[Movement.LEAVING]
    leave = f"{leaving:,} {'leaves' if leaving == 1 else 'leave'}" if leaving else "nobody leaves"
    actions: list[Action] = [
        (f"Complete: {leave}", partial(_confirm, session, turn, terms)),
        ("Hear each group, before and after", lambda: dialogue.say("", *_groups(turn))),
    ]
    actions += [
        (f"Hear who is {title.lower()}, {turn.counts[movement]:,}", partial(_tell, session, turn, movement))
        for movement, title in TITLES.items()
        if turn.counts[movement]
    ]
    if leaving:
        day = date_in_words(terms.left_on)
        actions.append((f"Date of leaving: {day}. Change that", partial(_change_day, session, turn, terms)))
    if is_part:
        part = (
            "Keep those in groups that the file doesn't cover"
            if terms.part_may_leave
            else "Let everyone leave who isn't in the file"
        )
        actions.append((part, lambda: replace(terms, part_may_leave=not terms.part_may_leave)))
    return actions


def _confirm(session: Session, turn: Turn, terms: TurnTerms) -> TurnTerms | None:
    """Ask whether a turn is to be stored. Returns the terms with what the user has heard; None if it isn't."""
    turn.carried_out(terms.left_on)
    session.dialogue.say("", *what_will_happen(turn, terms.left_on), UNDO_NOTE)
    return replace(terms, seen=turn) if session.dialogue.confirm("Start the new school year?") else None


def _change_day(session: Session, turn: Turn, terms: TurnTerms) -> TurnTerms | None:
    """Ask for the day on which people leave. Returns the terms with it; None to leave it as it is."""

    def with_day(text: str) -> TurnTerms:
        day = past_day(text, session.today, what="The date of leaving")
        turn.carried_out(day)
        return replace(terms, left_on=day)

    example = f"{session.today:%d/%m/%Y}"
    return session.dialogue.text(f"On which day did they leave? Type a date like {example}.", with_day)


def _groups(turn: Turn) -> Iterator[str]:
    """A line for each group: how many are in it before and after, and what happens."""
    for group, counts in turn.by_group.items():
        moves = [
            f"{counts.movements[movement]:,} {title.lower()}"
            for movement, title in TITLES.items()
            if counts.movements[movement]
        ]
        happens = f": {listed(moves)}" if moves else ""
        yield f"{group_in_words(group)}, {counts.before:,} before, {counts.after:,} after{happens}."


def _tell(session: Session, turn: Turn, movement: Movement) -> None:
    """Read out everyone of one movement, numbered, with their group before and after, and what to know about them."""
    lines = []
    for number, person in enumerate(turn.moved(movement).iter_rows(named=True), start=1):
        name = " ".join(filter(None, (person["first_name"], person["surname"])))
        groups = dict.fromkeys(
            group_in_words(group) for group in (person["before"], person["after"]) if group is not None
        )
        lines.append(f"{number}. {', '.join(filter(None, (name, ' to '.join(groups), person['note'])))}.")
    session.dialogue.say("", f"{TITLES[movement]}:", *lines)


def what_was_done(turn: Turn, terms: TurnTerms) -> Iterator[str]:
    """What a turn has done, once it is stored."""
    counts = turn.counts
    yield (
        f"The new school year has started. {counts[Movement.JOINING]:,} joined, {counts[Movement.MOVING_UP]:,} moved up, "
        f"{counts[Movement.RETURNING]:,} came back."
    )
    yield f"{turn.kind.counted(counts[Movement.LEAVING])} left on {date_in_words(terms.left_on)}."
    if counts[Movement.UNCLEAR]:
        yield f"{counts[Movement.UNCLEAR]:,} unclear stayed as they were."
    if turn.academic_year is not None:
        yield f"The school's academic year is now {academic_year_in_words(turn.academic_year)}."
    yield UNDO_NOTE
