"""“Does this look right?”: what would be stored, and storing it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from backdrop_tui.care.report.counts import by_group, by_year
from backdrop_tui.care.report.text import part_lines
from backdrop_tui.cli.plain.dialogue import Action
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.cli.plain.turn import terms_of_turn, what_was_done
from backdrop_tui.imports.completion import Terms, complete
from backdrop_tui.imports.consent import as_seen
from backdrop_tui.imports.pipeline import plan_for
from backdrop_tui.imports.result import ImportResult
from backdrop_tui.imports.stages import DONE, Stage
from backdrop_tui.imports.turn.with_file import plan_turn
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.linking.plan import EXISTING, Existing, Plan
from backdrop_tui.people.directory import name_of
from backdrop_tui.records.rights.user_groups import PATTERN_GROUP
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.wording import and_more, counted, listed

_SAMPLES = 5
_MOST_CHANGES = 500
_EXISTING = {
    "update": "update them from the file",
    "fill": "fill in only what is blank",
    "skip": "leave them as they are",
}


def check_and_complete(session: Session, draft: Draft) -> bool:
    """Say what would be stored, and store it. Returns whether that was done; if not, the user goes back to the rows."""
    dialogue, school = session.dialogue, session.school
    heard = [""]
    while True:
        seen = session.checked(draft)
        if seen.unanswered or not seen.ready.height:
            dialogue.say("Something has to be decided or fixed first.")
            return False
        existing = draft.facts.existing or school.existing
        plan = plan_for(school, seen, existing)
        if (description := [*_description(session, seen, plan)]) != heard:
            dialogue.say("", "Check. Does this look right?", *description)
            heard = description
        action = dialogue.choose_action(
            "What now?", _actions(session, draft, seen, plan, existing), back="Go back to the rows"
        )
        if action is None:
            return False
        with session.telling_errors():
            if action() is True:
                return True


def _actions(session: Session, draft: Draft, seen: Review, plan: Plan, existing: Existing) -> list[Action]:
    """What can be done before the rows are stored, each with its label."""
    terms = Terms(as_seen, existing)
    actions: list[Action] = [("Complete: store them", partial(_complete, session, draft, seen, terms))]
    if not draft.facts.by_hand and (plan.present or len(plan.absent)):
        actions.append(
            (
                "New school year: hear who moves up, joins and leaves",
                partial(_turn, session, draft, seen, plan, terms),
            )
        )
    if plan.present:
        label = f"People already stored: {_EXISTING[existing]}. Change that"
        actions.append((label, partial(_choose_existing, session, draft)))
    if plan.changed.height:
        actions.append(("Hear who changes", lambda: session.dialogue.say("", *_changes(seen, plan))))
    return actions


def _turn(session: Session, draft: Draft, seen: Review, plan: Plan, terms: Terms) -> bool:
    """Say what the move to a new school year would do, and store it with the rows. Returns whether that was done."""
    turn = terms_of_turn(session, lambda part: plan_turn(seen, plan, part_may_leave=part))
    return turn is not None and _complete(session, draft, seen, replace(terms, turn=turn))


def _choose_existing(session: Session, draft: Draft) -> None:
    """Ask what should happen to people already stored."""
    options = [_EXISTING[each] for each in EXISTING]
    chosen = session.dialogue.choose("What should happen to people already stored?", options)
    if chosen is not None:
        draft.save_facts(existing=EXISTING[chosen])


def _description(session: Session, seen: Review, plan: Plan) -> Iterator[str]:
    """What would be stored: counts, new user groups, how many in each group, and a few people."""
    left_out = seen.texts.height - seen.ready.height
    kept = seen.to_fix_later.height
    yield (
        f"{plan.added.height:,} will be added, {plan.updated:,} updated, {plan.unchanged:,} stay as they are, "
        f"{left_out:,} {'is' if left_out == 1 else 'are'} left out."
    )
    if kept:
        yield f"{counted(kept, 'row')} that {'is' if kept == 1 else 'are'} left out will be kept in an errors file."
    if groups := plan.new_groups(session.school.group_names()):
        yield f"User groups that will be created, with the rights of {PATTERN_GROUP}: {listed(groups)}."
    people = plan.people_after
    if seen.kind is STUDENTS:
        yield from part_lines(by_year("In each year group and form", people, forms=True))
    else:
        yield from part_lines(by_group("In each user group", people, session.school.group_names()))
    samples = people.gather_every(max(1, people.height // _SAMPLES)).head(_SAMPLES)
    yield "Some of them, as they will be stored:"
    for person in samples.iter_rows(named=True):
        yield "  " + ", ".join(
            field.to_say(value) for field in seen.kind.fields if (value := person[field.key])
        )


def _changes(seen: Review, plan: Plan) -> Iterator[str]:
    """Each person stored who would change: what is different, as it is stored and as it would be."""
    pairs = zip(plan.before.iter_rows(named=True), plan.changed.iter_rows(named=True), strict=True)
    for number, (old, new) in enumerate(pairs):
        if number == _MOST_CHANGES:
            yield and_more(plan.changed.height - number)
            return
        changes = (
            f"{field.label} {field.to_show(old[field.key] or '') or 'nothing'} becomes {field.to_show(new[field.key] or '') or 'nothing'}"
            for field in seen.kind.fields
            if old[field.key] != new[field.key]
        )
        yield f"{name_of(old)}: {'; '.join(changes) or 'comes back'}."


def _complete(session: Session, draft: Draft, seen: Review, terms: Terms) -> bool:
    """Store the rows that are ready, say what was done, and offer to delete the file."""
    paths = [Path(path) for path in draft.facts.paths]
    result = complete(
        session.school,
        seen,
        terms,
        today=session.today,
        draft=draft,
        progress=partial(_say_stage, session),
    )
    session.dialogue.say("", *_result(result))
    if result.turn is not None and terms.turn is not None:
        session.dialogue.say(*what_was_done(result.turn, terms.turn))
    for path in paths:
        _offer_deletion(session, path)
    return True


def _say_stage(session: Session, stage: Stage) -> None:
    """Say what is being done; that it is done is said with what has come of it."""
    if stage is not DONE:
        session.dialogue.say(f"{stage.label}.")


def _result(result: ImportResult) -> Iterator[str]:
    yield (
        f"Complete. {result.added:,} added, {result.updated:,} updated, {result.unchanged:,} unchanged, "
        f"{result.left_out:,} left out."
    )
    if result.errors_file:
        yield f"The rows with errors are in {result.errors_file}."
    if result.groups:
        yield f"New user groups, with the same rights as {PATTERN_GROUP}: {listed(result.groups)}."
    if result.missing:
        is_not = "is not" if result.missing == 1 else "are not"
        yield f"{result.missing:,} who {'is' if result.missing == 1 else 'are'} stored {is_not} in this file. They stay as they are. If they may have left, import it again, and choose “New school year” at Check."


def _offer_deletion(session: Session, path: Path) -> None:
    """Offer to delete an imported file, which still has people's data in it."""
    question = f"{path.name} is still on this computer, with people's data in it. Delete it?"
    try:
        if path.is_file() and session.dialogue.confirm(question):
            path.unlink()
            session.dialogue.say(f"{path.name} has been deleted.")
    except OSError as error:
        session.dialogue.say(f"{path.name} can't be deleted: {error.strerror}.")
