"""Ways of damaging a file, one byte or all of it: what editors, transfers, programs and pranks do."""

from collections.abc import Callable

from hypothesis import strategies as st

Damage = Callable[[bytes], bytes]
_INSERTED = (
    b'"', b'""', b"'", b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\n\n\n", b"\x00", b"\x00" * 20, b"\xef\xbb\xbf", b"\xff\xfe", b"\xff", b"\xe9",
    b"\x80", b"\xc3", b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\x1a", b"\x1b[2J", b"\x1b]0;x\x07", b"\x9b31m", b"\\", b"\x08", b" " * 9,
    b"=", b"-", b'=HYPERLINK("http://example.org")', b"\xcc\x81" * 30, b"\xef\xbf\xbd", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80",
    b"\n,,,,\n", b'\n"\n', b'\n""\n', b"\nTotal: 12\n", b"\nYear 7\n", b"Surname", b"0", b"/", b'","', b'"\n"', b"\x0b", b"\x0c", b"\x1f",
)  # fmt: skip
_FRONTS = (
    b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\x1f\x8b\x08", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html><table>", b"{\\rtf1", b"sep=;\r\n", b'"sep=,"\n',
    b"\xef\xbb\xbf\xef\xbb\xbf", b"\xfe\xff", b"\x00", b"\n" * 40, b"Student list\n\n", b"a,b,c\n1,2,3\n", b",,,,,,,,,,,,\n",
)  # fmt: skip
_REWRITTEN = (
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "mac-roman",
    "cp850",
    "cp1250",
    "latin-1",
)


def _at(data: bytes, place: float) -> int:
    return int(place * len(data))


def _insert(place: float, what: bytes) -> Damage:
    return lambda data: data[: _at(data, place)] + what + data[_at(data, place) :]


def _insert_many(place: float, count: int) -> Damage:
    """A cell that gets very long."""
    return _insert(place, b"a" * count)


def _remove(place: float, size: int) -> Damage:
    return lambda data: data[: _at(data, place)] + data[_at(data, place) + size :]


def _repeat(place: float, size: int, times: int) -> Damage:
    def damage(data: bytes) -> bytes:
        start = _at(data, place)
        return data[:start] + data[start : start + size] * times + data[start + size :]

    return damage


def _move(place: float, size: int, to: float) -> Damage:
    def damage(data: bytes) -> bytes:
        start = _at(data, place)
        return _insert(to, data[start : start + size])(data[:start] + data[start + size :])

    return damage


def _move_line(number: int, to: int) -> Damage:
    def damage(data: bytes) -> bytes:
        lines = data.splitlines(keepends=True)
        if not lines:
            return data
        line = lines.pop(number % len(lines))
        lines.insert(to % (len(lines) + 1), line)
        return b"".join(lines)

    return damage


def _reencode(encoding: str) -> Damage:
    return lambda data: data.decode(errors="replace").encode(encoding, errors="replace")


def _misread(encoding: str) -> Damage:
    """What a program makes of UTF-8 that takes it for another encoding."""
    return lambda data: data.decode(encoding, errors="replace").encode(errors="replace")


def _replace(old: bytes, new: bytes, count: int) -> Damage:
    return lambda data: data.replace(old, new, count)


def _quote_lines(data: bytes) -> bytes:
    """Each line inside one quoted cell, as some programs save a file that was pasted into one column."""
    lines = data.splitlines()
    return b"\n".join(b'"' + line.replace(b'"', b'""') + b'"' for line in lines)


def _cut_off(place: float) -> Damage:
    return lambda data: data[: _at(data, place)]


PLACES = st.floats(0, 1, exclude_max=True, width=32)
_SIZES = st.integers(1, 60)
_ENDS = st.sampled_from([b"\n", b"\r\n", b"\r", b"\n\r", b"", b" \n", b",\n", b";\n", b"\xc2\x85", b"\x0b"])
DAMAGES = st.one_of(
    st.builds(_insert, PLACES, st.sampled_from(_INSERTED)),
    st.builds(_insert, PLACES, st.sampled_from(_INSERTED)),
    st.builds(_insert, PLACES, st.binary(min_size=1, max_size=6)),
    st.builds(_insert, st.just(0.0), st.sampled_from(_FRONTS)),
    st.builds(_insert_many, PLACES, st.sampled_from([300, 40_000, 101_000])),
    st.builds(_remove, PLACES, _SIZES),
    st.builds(_repeat, PLACES, _SIZES, st.integers(2, 4)),
    st.builds(_move, PLACES, _SIZES, PLACES),
    st.builds(_move_line, st.integers(0, 30), st.integers(0, 30)),
    st.builds(_reencode, st.sampled_from(_REWRITTEN)),
    st.builds(_misread, st.sampled_from(["cp1252", "mac-roman", "cp850"])),
    st.builds(_replace, st.sampled_from([b"\r\n", b"\n", b"\r"]), _ENDS, st.sampled_from([-1, 1, 3])),
    st.builds(
        _replace,
        st.sampled_from([b",", b";", b"\t", b'"', b'","', b"/", b" "]),
        st.sampled_from([b",", b";", b"\t", b"|", b"", b'"', b",,", b'"",""']),
        st.sampled_from([-1, 1, 5]),
    ),
    st.just(_quote_lines),
    st.builds(_cut_off, PLACES),
)
"""Ways of damaging a file; a file can be damaged in several."""
