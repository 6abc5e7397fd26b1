"""Made-up UPNs with the right check letters, worked out here anew: a benchmark must not ask what it measures."""

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_AUTHORITIES = ("201", "301", "330", "352", "380", "801", "830", "865", "886", "919", "940", "670")
_DIGITS = {c: n for n, c in enumerate(LETTERS)} | {str(n): n for n in range(10)}
_WEIGHED = [
    [sum(int(c) * (3 * part + place + 2) for place, c in enumerate(f"{number:03}")) for number in range(1000)]
    for part in range(4)
]


def with_check_letter(rest: str) -> str:
    """A UPN out of its characters 2 to 13."""
    return LETTERS[sum(_DIGITS[c] * weight for weight, c in enumerate(rest, start=2)) % 23] + rest


def made_up_upn(number: int) -> str:
    """A UPN that no other number below a thousand million gives."""
    authority = _AUTHORITIES[number % len(_AUTHORITIES)]
    if number % 200 == 31:
        return with_check_letter(f"{authority}{number * 7919 % 10**9:09}"[:11] + LETTERS[number % 23])
    serial = number * 7919 % 10**9
    high, low = divmod(serial, 1000)
    higher, middle = divmod(high, 1000)
    total = _WEIGHED[0][int(authority)] + _WEIGHED[1][higher] + _WEIGHED[2][middle] + _WEIGHED[3][low]
    return f"{LETTERS[total % 23]}{authority}{serial:09}"
