"""Is a text older prose, by the words and the years that stand in it?

"$4.5 millions", "can not" and "said he" are faults in today's news and good English in an address of 1846, and both
are written in the same words. So a rule that says of its card that older usage had what it mends asks here first.
"""

from __future__ import annotations

import re
from functools import cache

from cleantext.document.words import word_list

LEAST = 100
"""Words under which a text is too short to tell."""
KINDS = 3
"""Different words of older usage that a text must have, ..."""
RATE = 0.004
"""... and their share of all words. Of 4,931 machine translations and references of news one in 500 reaches both."""
MODERN = 1930
"""Where all years that a text names are before this one, a single such word in a thousand is enough."""

_YEAR = re.compile(r"(?<![\d.,/$£€-])(?:1[5-9]|20)\d\d(?!\d|[.,/-]\d)")


@cache
def _words() -> re.Pattern[str]:
    either = "|".join(map(re.escape, word_list("older-usage")))
    return re.compile(rf"(?<![\w’'-])(?:{either})(?![\w’-])", re.IGNORECASE)


def reads_older(text: str) -> bool:
    """Say whether a text keeps an older usage; time grows with its length."""
    total = len(text.split())
    if total < LEAST:
        return False
    found = _words().findall(text.replace("’", "'"))
    if len(found) >= RATE * total and len({word.lower() for word in found}) >= KINDS:
        return True
    years = _YEAR.findall(text)
    return len(found) * 1000 >= total and bool(years) and int(max(years)) < MODERN
