"""The drafts that there are, damaged ones among them."""

from dataclasses import dataclass
from pathlib import Path

from backdrop_tui.errors import DataFolderError
from backdrop_tui.intake.draft.draft_facts import DAMAGE, FACTS, FACTS_COPY, DraftFacts, list_facts
from backdrop_tui.intake.draft.draft_folder import is_name_of_draft, remove_remains
from backdrop_tui.intake.draft.edits_file import EDITS, EditsFile
from backdrop_tui.intake.draft.salvage import started_by_name
from backdrop_tui.intake.draft.sources import has_all_sources, kept_sources
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.store.files import translating_os_errors
from backdrop_tui.store.folder import DataFolder


@dataclass(frozen=True)
class ListedDraft:
    """A draft that can be offered to the user; it has not been opened."""

    id: str
    """The name of its folder."""
    started: str
    """When it was started: ISO date and time."""
    facts: DraftFacts | None
    """What is known about it; None if that can't be read."""
    is_damaged: bool
    """Whether its facts or one of its files can't be read."""


def open_drafts(data: DataFolder) -> list[ListedDraft]:
    """The drafts there are, the newest first: also damaged ones, and those that a newer version saved.

    Removes what a kill has left of drafts that were being created or discarded.

    Raises:
        DataFolderError: The data folder can't be read.
    """
    with translating_os_errors(data.drafts):
        if not data.drafts.exists():
            return []
    remove_remains(data)
    return [_listed(folder) for folder in _folders(data)]


def damaged_drafts(data: DataFolder) -> list[ListedDraft]:
    """The drafts of which something is missing or isn't as it was saved, the newest first. Reads all of them, and changes nothing.

    Raises:
        DataFolderError: The data folder can't be read.
    """
    drafts = ((folder, _listed(folder)) for folder in _folders(data))
    return [draft for folder, draft in drafts if draft.is_damaged or not _is_sound(folder, draft)]


def _folders(data: DataFolder) -> list[Path]:
    """The folders of drafts, the newest first."""
    with translating_os_errors(data.drafts):
        if not data.drafts.exists():
            return []
        folders = sorted((path for path in data.drafts.iterdir() if path.is_dir()), reverse=True)
    return [folder for folder in folders if is_name_of_draft(folder.name) and has_content(folder)]


def _is_sound(folder: Path, draft: ListedDraft) -> bool:
    """Whether the edits and the files of a draft are as they were saved. One that a newer version saved counts as sound."""
    try:
        edits = EditsFile.read(folder)
    except NewerFormatError:
        return True
    except (DataFolderError, *DAMAGE):
        return False
    is_whole = not (edits.damaged_lines or edits.has_gaps or edits.is_missing)
    return is_whole and (draft.facts is None or has_all_sources(folder, draft.facts))


def has_content(folder: Path) -> bool:
    """Whether a folder has anything of a draft. One that can't be looked into may have."""
    try:
        return any((folder / name).exists() for name in (FACTS, FACTS_COPY, EDITS)) or bool(
            kept_sources(folder)
        )
    except OSError:
        return True


def _listed(folder: Path) -> ListedDraft:
    """List a draft, without checking more than whether its files are there."""
    try:
        facts = list_facts(folder)
    except (DataFolderError, *DAMAGE):
        return ListedDraft(
            folder.name, started_by_name(folder).isoformat(timespec="seconds"), None, is_damaged=True
        )
    is_damaged = len(kept_sources(folder)) < len(facts.files)
    return ListedDraft(folder.name, facts.started, facts, is_damaged)
