"""The notifications that are on the screen: never more than two, so that they don't pile up."""

from typing import Self

from textual.notifications import Notification, Notifications

_MOST = 2
_SEVERITIES = ("information", "warning", "error")


class FewNotifications(Notifications):
    """Notifications of which a new one replaces what is no longer news: one that says the same, and any plain information.

    Of warnings and errors, it replaces the oldest of the least serious ones if there would be too many.
    """

    def add(self, notification: Notification) -> Self:
        """Add a notification."""
        for shown in list(self):
            if shown.message == notification.message or shown.severity == "information":
                del self[shown]
        others = sorted(self, key=lambda shown: _SEVERITIES.index(shown.severity))
        for shown in others[: len(others) + 1 - _MOST]:
            del self[shown]
        super().add(notification)
        return self
