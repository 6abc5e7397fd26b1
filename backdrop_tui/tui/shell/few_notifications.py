"""The notifications that are on the screen: never more than two, so that they don't pile up."""

from typing import Self

from textual.app import App
from textual.notifications import Notification, Notifications

_MOST = 2
_SEVERITIES = ("information", "warning", "error")


_ADVICE_SECONDS = App.NOTIFICATION_TIMEOUT
"""The most seconds that a warning is shown which only says why a key has done nothing. What happens without a key is shown for longer."""


class FewNotifications(Notifications):
    """Notifications of which a new one replaces what is no longer news: one that says the same, and any plain information.

    Of warnings and errors, it replaces the oldest of the least serious ones if there would be too many.
    """

    def end_advice(self) -> bool:
        """Remove what a key has been answered with that could do nothing. Returns whether there was anything."""
        advice = [shown for shown in self if shown.severity == "warning" and shown.timeout <= _ADVICE_SECONDS]
        for shown in advice:
            del self[shown]
        return bool(advice)

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
