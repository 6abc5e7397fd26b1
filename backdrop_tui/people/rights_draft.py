"""Rights of user groups as they are ticked, as long as that is not saved."""

from collections.abc import Mapping
from dataclasses import replace

from backdrop_tui.people.groups import GroupNow
from backdrop_tui.records.rights.user_groups import RIGHTS


class TickedRights:
    """Which group shall have which right once it is saved."""

    def __init__(self) -> None:
        self.groups: tuple[GroupNow, ...] = ()
        """The groups as they are stored."""
        self._changes: dict[str, dict[str, bool]] = {}

    @property
    def unsaved(self) -> int:
        """How many differ from what is stored."""
        return sum(map(len, self._changes.values()))

    @property
    def groups_then(self) -> tuple[GroupNow, ...]:
        """The groups as they will be once that is saved."""
        rights = (frozenset(r.key for r in RIGHTS if self.has(now, r.key)) for now in self.groups)
        return tuple(
            replace(now, group=replace(now.group, rights=has))
            for now, has in zip(self.groups, rights, strict=True)
        )

    @property
    def changes(self) -> dict[str, dict[str, bool]]:
        """A copy of those, by group and right."""
        return {name: dict(rights) for name, rights in self._changes.items()}

    @property
    def in_words(self) -> str:
        """How many those are, with the verb."""
        return "1 tick is" if self.unsaved == 1 else f"{self.unsaved} ticks are"

    def has(self, now: GroupNow, right: str) -> bool:
        """Whether a group shall have a right."""
        return self._changes.get(now.name, {}).get(right, right in now.group.rights)

    def is_unsaved(self, now: GroupNow, right: str) -> bool:
        """Whether that differs from what is stored."""
        return right in self._changes.get(now.name, {})

    def is_default(self, now: GroupNow, right: str) -> bool:
        """Whether it is as by default."""
        return self.has(now, right) == (right in now.group.defaults)

    def want(self, now: GroupNow, right: str, *, has: bool) -> None:
        """Let a group have a right, or not."""
        changes = self._changes.setdefault(now.name, {})
        if has == (right in now.group.rights):
            changes.pop(right, None)
        else:
            changes[right] = has
        if not changes:
            del self._changes[now.name]

    def set_back(self, now: GroupNow) -> None:
        """Let a group have what it has by default."""
        for right in RIGHTS:
            self.want(now, right.key, has=right.key in now.group.defaults)

    def are_saved(self) -> None:
        """Forget what differed."""
        self._changes = {}

    def follow(self, groups: tuple[GroupNow, ...], renamed: Mapping[str, str]) -> None:
        """Keep what is not saved as the groups themselves change: some are called otherwise, some are gone."""
        changes = self._changes
        self.groups, self._changes = groups, {}
        by_name = {now.name: now for now in groups}
        for old, rights in changes.items():
            if (now := by_name.get(renamed.get(old, old))) is not None:
                for right, has in rights.items():
                    self.want(now, right, has=has)
