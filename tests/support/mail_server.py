"""Mail servers for tests: a real one, one that follows a script, and one that never answers."""

import asyncio
import socket
import ssl
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BufferedRWPair

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from backdrop_tui.school.school import School

HOST = "127.0.0.1"
ADDRESS = "a.khan@example.org"
"""The account's address in tests."""


@dataclass
class Letterbox:
    """What a real server has received."""

    port: int = 0
    """The port that the server listens on."""
    messages: list[EmailMessage] = field(default_factory=list)
    """The messages accepted, in order."""
    recipients: list[str] = field(default_factory=list)
    """The recipients of those messages."""
    connections: int = 0
    """The number of connections made."""
    logins: int = 0
    """The number of times that somebody tried to log in."""
    private: bool = False
    """Whether the last message was sent over TLS."""
    refuse: Mapping[str, str] = field(default_factory=dict)
    """Replies that refuse recipients, by address."""
    per_connection: int = 1000
    """The number of messages accepted over one connection."""

    async def handle_MAIL(  # noqa: N802 - as below
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Accept a sender, unless enough messages came over this connection."""
        if len(self.messages) >= self.per_connection * self.connections:
            return "421 4.7.0 too many messages"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - the server's name for it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Accept or refuse a recipient."""
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Accept a message."""
        content = envelope.content
        assert isinstance(content, bytes)
        self.messages.append(message_from_bytes(content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        self.private = session.ssl is not None
        return "250 OK"


class _Secure(SMTP):
    """A server that knows when a connection uses TLS from the start, which aiosmtpd alone doesn't."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if transport.get_extra_info("sslcontext") and self.session:
            self.session.ssl = {"sslcontext": True}


@contextmanager
def mail_server(
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    login: tuple[str, str] | None = None,
    refuse: Mapping[str, str] | None = None,
    per_connection: int = 1000,
) -> Iterator[Letterbox]:
    """Run a real server in a thread of its own.

    Args:
        starttls: The certificate for STARTTLS; None if the server doesn't offer it.
        tls: The certificate for TLS from the start; None if the server doesn't use it.
        login: The user and the password that the server wants; None to accept everyone.
        refuse: Replies that refuse recipients, by address.
        per_connection: The number of messages accepted over one connection.
    """
    box = Letterbox(refuse=refuse or {}, per_connection=per_connection)
    loop = asyncio.new_event_loop()

    def authenticate(
        _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: object
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        assert login is not None
        box.logins += 1
        right = (data.login, data.password) == tuple(text.encode() for text in login)
        return AuthResult(success=right, handled=False)

    def protocol() -> SMTP:
        box.connections += 1
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a login without TLS, which some schools have
            return _Secure(
                box,
                loop=loop,
                hostname="mail.example.org",
                enable_SMTPUTF8=True,
                tls_context=starttls,
                require_starttls=bool(starttls),
                authenticator=authenticate if login else None,
                auth_required=bool(login),
                auth_require_tls=False,
            )

    async def listen() -> asyncio.Server:
        return await loop.create_server(protocol, HOST, 0, ssl=tls)

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    # In its own thread, so that tests of screens, which have a loop of their own, can have it too.
    server = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _end(server: asyncio.Server) -> None:
    server.close()
    rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


@contextmanager
def scripted_server(replies: Mapping[str, str | None], greeting: str | None = "220 here") -> Iterator[int]:
    """Run a server that replies to the first word of each line as its script says, and yield its port.

    At None it closes the connection. Words that aren't in the script are answered with `250 OK`.
    """
    with socket.create_server((HOST, 0)) as listener:
        thread = threading.Thread(target=_follow, args=(listener, replies, greeting), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(10)


def _follow(listener: socket.socket, replies: Mapping[str, str | None], greeting: str | None) -> None:
    listener.settimeout(10)
    connection, _ = listener.accept()
    with connection, connection.makefile("rwb") as lines:
        answer = greeting
        while answer is not None:
            lines.write(f"{answer}\r\n".encode())
            lines.flush()
            word = _first_word(lines)
            while answer.startswith("354") and word != ".":
                word = _first_word(lines)
            answer = replies.get(word, "250 OK") if word else None


def _first_word(lines: BufferedRWPair) -> str:
    """The first word of a line; the line end of a blank line; an empty text after the last line."""
    line = lines.readline()
    return line.decode(errors="replace").split()[0].upper() if line.strip() else line.decode()


@contextmanager
def silent_server() -> Iterator[int]:
    """Run a server that accepts connections but never answers, and yield its port."""
    with socket.create_server((HOST, 0)) as listener:
        yield listener.getsockname()[1]


def use(school: School, port: int, **settings: str) -> None:
    """Set the mail server in the settings, unencrypted unless `security="tls"`, say, sets `mail-security`."""
    school.folder.create()
    chosen = {"host": HOST, "port": str(port), "security": "none"} | settings
    for name, text in chosen.items():
        school.settings.put(f"mail-{name}", text)
