"""Changes to the rights of user groups that aren't saved yet."""

from collections.abc import Mapping
from dataclasses import replace

from backdrop_tui.people.group_summary import GroupSummary
from backdrop_tui.records.rights.user_groups import RIGHTS
from backdrop_tui.wording import counted


class RightsDraft:
    """The rights that each group is to have once the draft is saved."""

    def __init__(self) -> None:
        self.groups: tuple[GroupSummary, ...] = ()
        """The groups as stored."""
        self._changes: dict[str, dict[str, bool]] = {}

    @property
    def unsaved(self) -> int:
        """The number of ticks that differ from what is stored."""
        return sum(map(len, self._changes.values()))

    @property
    def unsaved_in_words(self) -> str:
        """The number of unsaved ticks with its verb: `1 tick is`, `3 ticks are`."""
        return f"{counted(self.unsaved, 'tick')} {'is' if self.unsaved == 1 else 'are'}"

    @property
    def groups_after_saving(self) -> tuple[GroupSummary, ...]:
        """The groups with the rights that they will have once the draft is saved."""
        rights = (frozenset(r.key for r in RIGHTS if self.has(summary, r.key)) for summary in self.groups)
        return tuple(
            replace(summary, group=replace(summary.group, rights=keys))
            for summary, keys in zip(self.groups, rights, strict=True)
        )

    @property
    def changes(self) -> dict[str, dict[str, bool]]:
        """A copy of the unsaved changes: by group name and right key, whether the group is to have the right."""
        return {name: dict(rights) for name, rights in self._changes.items()}

    def has(self, summary: GroupSummary, right: str) -> bool:
        """Whether a group has a right in this draft."""
        return self._changes.get(summary.name, {}).get(right, right in summary.group.rights)

    def is_unsaved(self, summary: GroupSummary, right: str) -> bool:
        """Whether a tick differs from what is stored."""
        return right in self._changes.get(summary.name, {})

    def is_default(self, summary: GroupSummary, right: str) -> bool:
        """Whether a tick is the group's default."""
        return self.has(summary, right) == (right in summary.group.defaults)

    def set(self, summary: GroupSummary, right: str, *, has: bool) -> None:
        """Give a right to a group in this draft, or take it away."""
        changes = self._changes.setdefault(summary.name, {})
        if has == (right in summary.group.rights):
            changes.pop(right, None)
        else:
            changes[right] = has
        if not changes:
            del self._changes[summary.name]

    def reset(self, summary: GroupSummary) -> None:
        """Give a group its default rights in this draft."""
        for right in RIGHTS:
            self.set(summary, right.key, has=right.key in summary.group.defaults)

    def clear(self) -> None:
        """Forget all unsaved changes."""
        self._changes = {}

    def restore(self, changes: Mapping[str, object]) -> None:
        """Make changes, as `changes` returned them, unless their group or right no longer exists."""
        rights = {right.key for right in RIGHTS}
        for summary in self.groups:
            wanted = changes.get(summary.name)
            if isinstance(wanted, Mapping):
                for right, has in wanted.items():
                    if right in rights:
                        self.set(summary, right, has=bool(has))

    def replace_groups(self, groups: tuple[GroupSummary, ...], renamed: Mapping[str, str]) -> None:
        """Keep the unsaved changes when the groups were changed, renamed or removed meanwhile.

        Args:
            groups: The groups as stored now.
            renamed: New names by old name. Changes to a group that no longer exists are dropped.
        """
        changes = self._changes
        self.groups, self._changes = groups, {}
        by_name = {summary.name: summary for summary in groups}
        for old_name, rights in changes.items():
            if (summary := by_name.get(renamed.get(old_name, old_name))) is not None:
                for right, has in rights.items():
                    self.set(summary, right, has=has)
