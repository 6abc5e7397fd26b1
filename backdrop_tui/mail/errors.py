"""The error that a message could not be sent."""

from backdrop_tui.errors import BackdropError


class MailError(BackdropError):
    """A message could not be sent."""

    title = "The message was not sent"

    def __init__(
        self, message: str, *, only_this_message: bool = False, may_have_been_sent: bool = False
    ) -> None:
        super().__init__(message)
        self.only_this_message = only_this_message
        """Whether the server refused this message alone, so that it may well accept others."""
        self.may_have_been_sent = may_have_been_sent
        """Whether the server had received the whole message but never confirmed that it accepted it."""
