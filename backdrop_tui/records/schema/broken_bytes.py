"""Bytes of a file that are no text in its encoding, kept as characters for private use.

The byte 0xE9 becomes U+EFE9, so that what it may have been can still be suggested. The ConScript Unicode Registry has assigned
these characters to that purpose (OPTU-8, http://www.mirbsd.org/man3/optu8to16). On screen, in output and in the store there is
U+FFFD instead.
"""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""Shown in place of a character that can't be shown or isn't known."""
BROKEN_BYTE = 0xEF00
"""Added to a byte from 0x80 on, it gives the character that stands for that byte."""
BROKEN_BYTES = r"\x{ef80}-\x{efff}"
"""All of these characters, for use in a character class."""

_NOT_IN_NAMES = "ƒªµº"


def _letters() -> dict[str, str]:
    readings = ((byte, bytes([byte]).decode("cp1252", "ignore")) for byte in range(0x80, 0x100))
    return {
        chr(BROKEN_BYTE + byte): character
        for byte, character in readings
        if character.isalpha() and character not in _NOT_IN_NAMES
    }


LETTERS = _letters()
"""The letter that each broken byte is in Windows-1252, by the character that stands for it. Other bytes aren't letters."""
