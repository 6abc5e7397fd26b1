"""The notifications that are on the screen: never more than two, so that they don't pile up."""

from typing import Self

from textual.notifications import Notification, Notifications

_MOST = 2
_SEVERITIES = ("information", "warning", "error")


class FewNotifications(Notifications):
    """Notifications of which a new one replaces one that says the same, or else the oldest of the least serious ones."""

    def add(self, notification: Notification) -> Self:
        """Add a notification."""
        others = sorted(self, key=lambda shown: _SEVERITIES.index(shown.severity))
        same = [shown for shown in others if shown.message == notification.message]
        for shown in same or others[: len(others) + 1 - _MOST]:
            del self[shown]
        super().add(notification)
        return self
