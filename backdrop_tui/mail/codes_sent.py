"""When codes were sent, and how long to wait before the next: strangers must not be flooded with them.

Times are seconds since 1970. The computer's clock may have been set back since a code was sent.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

RESEND_WAIT = 60
"""Seconds to wait before another code can be sent to the same address."""
HOUR = 3_600
"""The seconds in which no more than `CODES_AN_HOUR` codes can be sent."""
CODES_AN_HOUR = 5
"""The number of codes that can be sent in an hour to all addresses together."""


@dataclass(frozen=True)
class CodesSent:
    """The codes sent in the last hour."""

    times: Mapping[str, float]
    """The time of the last code, by the address in lower case."""
    all_times: tuple[float, ...]
    """The times of all codes, whatever the address."""

    @classmethod
    def of(cls, document: Mapping[str, Any] | None, now: float) -> Self:
        """The codes sent in the hour before `now`, from the stored document; None or a damaged one has none."""
        document = document or {}
        times, all_times = document.get("times"), document.get("all")
        by_address = {
            str(address): float(at)
            for address, at in (times.items() if isinstance(times, dict) else ())
            if _is_within(HOUR, at, now)
        }
        if not isinstance(all_times, list):  # stored before there was a limit for all addresses together
            all_times = list(by_address.values())
        return cls(by_address, tuple(float(at) for at in all_times if _is_within(HOUR, at, now)))

    def document(self) -> dict[str, Any]:
        """The document to store."""
        return {"times": dict(self.times), "all": list(self.all_times)}

    def with_code(self, address: str, at: float) -> Self:
        """With one more code."""
        return type(self)({**self.times, address.casefold(): at}, (*self.all_times, at))

    def without_code(self, address: str, at: float) -> Self:
        """Without a code that could not be sent."""
        times = {key: time for key, time in self.times.items() if (key, time) != (address.casefold(), at)}
        kept = list(self.all_times)
        if at in kept:
            kept.remove(at)
        return type(self)(times, tuple(kept))

    def wait_for(self, address: str, now: float) -> int:
        """Seconds until another code can be sent to an address after the last one to it; 0 if it can be sent now."""
        last = self.times.get(address.casefold())
        if last is None or not _is_within(RESEND_WAIT, last, now):
            return 0
        return max(1, math.ceil(last + RESEND_WAIT - now))

    def wait_for_all(self, now: float) -> int:
        """Seconds until another code can be sent to any address; 0 if it can be sent now."""
        if len(self.all_times) < CODES_AN_HOUR:
            return 0
        return max(1, math.ceil(sorted(self.all_times)[-CODES_AN_HOUR] + HOUR - now))


def _is_within(seconds: int, at: object, now: float) -> bool:
    return isinstance(at, int | float) and abs(now - at) < seconds
