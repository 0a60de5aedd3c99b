"""What holds of every text, and of every cast of people."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from timing import assert_growth, cpu_seconds

from cleantext import Cleaner
from cleantext.article import Article
from cleantext.checks.attribution.context import AttributionContext
from cleantext.checks.attribution.introductions import is_orphan
from cleantext.checks.attribution.offices import offices
from cleantext.document import Document
from cleantext.finding import Applicability

CLEANER = Cleaner(select=["attribution"], min_confidence=0.0)
SHOWN = Cleaner(select=["attribution"])

WOMEN = ["Olivia", "Emma", "Laura", "Alice"]
MEN = ["Thomas", "Peter", "Henry", "Robert"]
# No office holder, no given name and no common word among them, and all of one shape.
SURNAMES = [
    "Kasparek", "Hollberg", "Wendrich", "Tarnovik", "Brellock", "Ostrander", "Quillmont", "Fenwright",
    "Dornikov", "Avermond", "Pettibone", "Lindqvort", "Marchetta", "Sallowin", "Grunewalt", "Vexmoor",
]  # fmt: skip

pieces = st.sampled_from(
    ["Chirac", "Mr ", "said", " told", "“", "”", '"', ".", ", ", "\n", "\r\n", " ", "President ", "Hollande", "François ",
     "according to ", "he", "York", "New ", "the ", "'s", "’", "É", "\ud800", "\x00", "Obama", "and ", "-", "Ms ", "King"]
)  # fmt: skip


@given(
    st.lists(pieces, max_size=60).map("".join) | st.text(max_size=300),
    st.sampled_from([None, "2015", "x", "9999-99"]),
)
def test_no_text_and_no_date_raises(text, date):
    for finding in CLEANER.check(Article(text=text, date=date, title=text[:9])).findings:
        assert text[finding.start : finding.end] == finding.text
        assert finding.applicability is not Applicability.SAFE
        assert 0 <= finding.confidence <= 1
        for piece in finding.evidence:
            assert text[piece.start : piece.end] == piece.text


@st.composite
def casts(draw, most=4):
    """People with full names: (given, surname), all surnames apart from each other."""
    names = draw(st.lists(st.sampled_from(SURNAMES), min_size=2, max_size=most, unique=True))
    return [(draw(st.sampled_from(draw(st.sampled_from([WOMEN, MEN])))), name) for name in names]


@st.composite
def stories(draw):
    """An article in which everybody is introduced first and speaks by surname after; and whoever is a stranger."""
    cast = draw(casts())
    parts = [
        f"{given} {surname}, a member of the harbour council, came to the meeting on Monday evening."
        for given, surname in cast
    ]
    stranger = draw(st.sampled_from([None, *(name for name in SURNAMES if name not in [s for _, s in cast])]))
    for number in range(draw(st.integers(1, 6))):
        _, speaker = draw(st.sampled_from(cast))
        form = draw(
            st.sampled_from(
                [
                    "“The pier number {n} will be rebuilt in spring,” {s} said.",
                    "{s} said that the money for pier number {n} was there.",
                    "“Nobody asked us about pier {n},” said {s}. “It is a shame.”",
                    "According to {s}, the council had met {n} times.",
                ]
            )
        )
        parts.append(form.format(s=speaker, n=number))
    if stranger:
        at = draw(st.integers(len(cast), len(parts)))
        parts.insert(at, f"“The old pier was the better one,” {stranger} said on the way out.")
    return "\n\n".join(parts), cast, stranger


@given(stories())
def test_nobody_who_was_introduced_by_full_name_is_an_orphan(story):
    text, _, stranger = story
    document = Document(Article(text=text))
    scene = AttributionContext(document, offices())
    orphans = {site.mention.text for site in scene.sites if is_orphan(scene.uses, site)}
    assert orphans == ({stranger} if stranger else set())
    assert not any(f.rule == "AT001" and f.text != stranger for f in CLEANER.check(text).findings)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(stories(), st.randoms(use_true_random=False))
def test_other_names_for_the_same_people_change_no_finding(story, random):
    text, _, _ = story
    used = [name for name in SURNAMES if re.search(rf"\b{name}\b", text)]
    fresh = dict(zip(used, random.sample(SURNAMES, len(used)), strict=True))
    renamed = re.sub(r"\b(" + "|".join(used) + r")\b", lambda match: fresh[match.group()], text)

    def said(article):
        return [
            (f.rule, article.count("\n", 0, f.start), f.confidence) for f in SHOWN.check(article).findings
        ]

    before = [(rule, line, round(confidence, 6)) for rule, line, confidence in said(text)]
    assert [(rule, line, round(confidence, 6)) for rule, line, confidence in said(renamed)] == before


@given(stories())
def test_fix_leaves_every_doubted_name_until_a_person_accepts(story):
    text, _, _ = story
    assert CLEANER.fix(text).text == text


def test_a_long_line_of_names_takes_time_in_proportion():
    def cost(times: int) -> float:
        text = " ".join(
            f"Mr Kaspar{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}b said so." for n in range(times)
        )
        return cpu_seconds(lambda: CLEANER.check(text))

    cost(200)
    assert_growth(cost, 500, 4000, times=8 * 4)
