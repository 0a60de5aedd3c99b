"""An article full of the same quotations is read in time that grows with its length."""

import time

from cleantext.article import Article
from cleantext.checks.attribution.repeated import repeated_quotations
from cleantext.document import Document

TWICE = (
    "“We will not close the old bridge before the summer is over,” said Anna Berg. Tom Hall was there.\n\n"
    "“We will not close the old bridge before the summer is over,” said Tom Hall.\n\n"
)


def seconds(times: int) -> float:
    """CPU seconds of the pairs alone: the views are worked out before."""
    document = Document(Article(text=TWICE * times))
    assert document.attributions
    start = time.process_time()
    pairs = list(repeated_quotations(document))
    assert len(pairs) == times
    return time.process_time() - start


def test_time_grows_with_the_pairs_only() -> None:
    seconds(20)
    assert seconds(1_600) < 24 * max(seconds(200), 0.01)
