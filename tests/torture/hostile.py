"""Strategies for articles that nobody would want: our own ones mutated, and Unicode at large."""

from __future__ import annotations

from hypothesis import strategies as st

from cleantext.article import Article
from cleantext.rulebook import shipped

SAMPLES = (
    "Harbour bridge opens\n\nBy Nadia Okafor\n\nMore news\nShare this article\n\n"
    "The mayor of Brenn, Jonas Keller, opened the bridge on Monday, Efe he reported. "
    "“We waited for eleven years,” Keller said. “Nobody believed in it any more.”\n\n"
    "According to the builder Ilse Moreau, “the the harbour” is safe . Click here to read more.\n",
    "(Reuters) - President François Hollande told reporters : « Nous allons gagner », in the words of the "
    "French president AFP he informed.\r\n\r\nChirac said that France \"intensify\" its strikes.\r\n"
    "Sarkozy, who left office in 2012, said: 'We will see'.\r\n",
    "Das CafÃ© an der Ecke â€œschlieÃŸtâ€\x9d, said the owner.\n\nSubscribe to our newsletter\nAdvertisement\n\n"
    "It costs 3,5 % more , l’ Assemblée decided. The the minister , Mrs. Santos, do n't agree ...\n",
    "Q: Will you stay?\nA: \"I will stay,\n\n\"as long as they want me.\n\n\"Nobody else will do it,\" said "
    "Marta Lindqvist, 54, who heads the Union of Bakers (UB).\n\nRELATED: Bakers on strike\nPhoto: M. Berg\n",
)  # fmt: skip
"""Made for these tests, with faults of every family in them."""

EXAMPLES = tuple(
    text
    for card in shipped()
    for text in (*(e.bad for e in card.examples), *(miss.text for miss in card.near_misses))
)

MARKS = "\"'“”„‟‘’‚‛«»‹›「」『』〝〞`´＂＇❝❞"
STEERING = "\x00\x07\x08\x0b\x0c\x1b\x7f\x85\x9b\u00ad\u061c\u200b\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff"
PIECES = (
    "\n", "\r", "\r\n", "\n\r", "\n\n\n", "\t", "\u00a0", "\u3000", " \n ", "…", "--", "—", ". ", ", ", " .",
    "\ud800", "\udfff", "\ud83d", "😀", "👩‍👩‍👧", "🇫🇷", "e\u0301\u0323\u0301", "ﬁ", "ß", "İ", "ı", "ſ", "Σ", "ǅ",
    "said", "Efe he reported", "he said", "according to", "Share", "more news", "the the", "Mr. ", "€Ã©â€™",
    "&amp;quot;", "<script>", "=cmd()", "http://a.b/c?d", "\x1b[31m", "\x1b]0;x\x07", "\ufffd", "\U0010ffff",
    "مرحبا", "שלום", "สวัสดี", "新闻：", "(", ")", "[", "]", "{agency}", "%s", "\\", "\\u0000",
)  # fmt: skip


def texts(most: int = 12) -> st.SearchStrategy[str]:
    """Texts of up to ``most`` parts: samples and examples whole, cut or with rubbish in them, any Unicode."""
    part = st.one_of(
        st.sampled_from(EXAMPLES),
        st.sampled_from(SAMPLES),
        st.sampled_from(PIECES),
        st.sampled_from(MARKS),
        st.sampled_from(STEERING),
        st.text(max_size=12),
        st.text(st.characters(), max_size=6),  # lone surrogates too
        st.builds(lambda text, low, high: text[low : low + high], st.sampled_from(SAMPLES), *_INTEGERS),
        st.builds(lambda text, count: text * count, st.sampled_from((*PIECES, *MARKS)), st.integers(2, 30)),
    )
    return st.builds(
        str.join, st.sampled_from(["", "", " ", "\n", "\r\n", "\n\n"]), st.lists(part, max_size=most)
    ) | st.builds(_mutated, st.sampled_from(SAMPLES), st.lists(_CHANGE, min_size=1, max_size=8))


_INTEGERS = (st.integers(0, 400), st.integers(1, 80))
_CHANGE = st.tuples(
    st.integers(0, 600), st.integers(0, 12), st.one_of(st.sampled_from((*PIECES, *MARKS, *STEERING, "")), st.text(max_size=3))
)  # fmt: skip


def _mutated(text: str, changes: list[tuple[int, int, str]]) -> str:
    for start, length, new in changes:
        start %= len(text) + 1
        text = text[:start] + new + text[start + length :]
    return text


def well_formed(text: str) -> str:
    """The text with lone surrogates replaced, as any file holds it."""
    return text.encode("utf-8", "replace").decode("utf-8")


@st.composite
def articles(draw: st.DrawFn, most: int = 12) -> Article:
    """Articles of hostile texts, with metadata that is no better."""
    known = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "title": st.one_of(st.just("Harbour bridge opens"), st.text(max_size=20), st.sampled_from(PIECES)),
                "date": st.one_of(st.sampled_from(["2015-11-24", "2012-05-16", "yesterday", "0000-00-00"]), st.text(max_size=10)),
                "url": st.one_of(st.just("https://news.example/a"), st.text(max_size=20)),
                "source": st.one_of(st.just("news.example"), st.text(max_size=10)),
                "lang": st.sampled_from(["en", "de", "xx", ""]),
                "id": st.text(max_size=5),
            },
        )
    )  # fmt: skip
    return Article(text=draw(texts(most)), **known)
