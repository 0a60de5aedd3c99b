"""Quotations that stand twice: each pair of a few, and none where a text repeats them by the hundred."""

from cleantext.article import Article
from cleantext.checks.attribution.repetition import _MOST, repeated_quotations
from cleantext.document import Document

TWICE = (
    "“Bridge{n} is not closed by anybody here before the summer is over,” said Anna Berg. Tom Hall was there.\n\n"
    "“Bridge{n} is not closed by anybody here before the summer is over,” said Tom Hall.\n\n"
)


def document(times: int) -> Document:
    return Document(Article(text="".join(TWICE.format(n=n) for n in range(times))))


def test_each_pair_of_a_few_is_found() -> None:
    assert len(list(repeated_quotations(document(1)))) == 1
    assert len(list(repeated_quotations(document(_MOST)))) == _MOST


def test_a_text_that_repeats_them_by_the_hundred_is_not_asked_who_said_what() -> None:
    loop = document(_MOST + 1)
    assert list(repeated_quotations(loop)) == []
    assert "attributions" not in vars(loop)
