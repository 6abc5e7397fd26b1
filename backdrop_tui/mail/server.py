"""The mail server that the school's settings name."""

from dataclasses import dataclass

from backdrop_tui.school.settings import SECURITIES, Security, Settings


@dataclass(frozen=True)
class MailServer:
    """A mail server and how to connect to it."""

    host: str
    """The server's name or IP address."""
    port: int
    """The server's TCP port."""
    security: Security
    """How the connection is encrypted."""
    user: str | None
    """The user to log in as; None to send without logging in."""

    @classmethod
    def of(cls, settings: Settings) -> "MailServer | None":
        """The mail server in the settings; None if none is set."""
        host, port = settings.text("mail-host"), settings.number("mail-port")
        if host is None or port is None:
            return None
        stored = settings.get("mail-security")
        security = next(security for security in SECURITIES if security == stored)
        return cls(host, port, security, settings.text("mail-user"))

    def __str__(self) -> str:
        return f"{self.host}, port {self.port}"
