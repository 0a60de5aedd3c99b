"""One quotation in two mouths over a corpus: forty articles, in pairs that report the same event."""

import json
from pathlib import Path

import pytest

from cleantext import Cleaner
from cleantext.article import Article
from cleantext.batch.indexing import build
from cleantext.batch.reading import Failure, Fields
from cleantext.corpus import CorpusIndex
from cleantext.document import Elsewhere
from cleantext.document.repeats import words_of
from cleantext.finding import Finding

# town, what, given name, surname, role, second speaker, words
EVENTS = [
    ("Aldermouth", "the ferry terminal", "Olivia", "Kasparek", "harbour master", "Thomas Hollberg",
     "the new terminal will carry twice as many passengers as the old one ever did"),
    ("Brackwell", "the town library", "Emma", "Wendrich", "librarian", "Peter Tarnovik",
     "every child in this town learned to read between these green shelves"),
    ("Corstead", "the flood wall", "Laura", "Brellock", "engineer", "Henry Ostrander",
     "a wall of this height holds back the river nine winters out of ten"),
    ("Dunmarrow", "the cattle market", "Alice", "Quillmont", "auctioneer", "Robert Fenwright",
     "nobody has paid such a price for a heifer since my grandfather's day"),
    ("Elsbridge", "the railway bridge", "Susan", "Dornikov", "inspector", "James Avermond",
     "two of the seven piers have cracks that a man can put his hand into"),
    ("Farlow", "the bakers' strike", "Helen", "Pettibone", "union secretary", "David Lindqvort",
     "we will not light one oven before the night shift is paid in full"),
    ("Garrowby", "the observatory", "Julia", "Marchetta", "astronomer", "Martin Sallowin",
     "on a clear night the comet can be seen without any glass at all"),
    ("Hexcombe", "the glass works", "Karen", "Grunewalt", "manager", "Daniel Vexmoor",
     "the furnace has burned without a break for one hundred and four years"),
    ("Ilverton", "the school roof", "Ruth", "Haldenby", "headmistress", "Simon Crossett",
     "the rain comes through the ceiling of three classrooms out of twelve"),
    ("Jarrowmere", "the lake festival", "Clara", "Ottering", "organiser", "Philip Munrow",
     "four thousand lanterns on the water were more than we had dared to hope for"),
    ("Kelsworth", "the orchard blight", "Nora", "Pemberlow", "gardener", "George Stanwicke",
     "we had to cut down every second pear tree before the summer was over"),
    ("Lowick", "the rowing cup", "Irene", "Tolland", "coach", "Edward Ramsbury",
     "the girls rowed the last five hundred metres as if the boat were empty"),
    ("Marlhurst", "the bus fares", "Diana", "Ferrowby", "councillor", "Frank Ellingham",
     "a pensioner pays more for the ride to the doctor than for the medicine"),
    ("Norbeck", "the old brewery", "Martha", "Cavanell", "architect", "Walter Huxtable",
     "the vaults below the brewery are older than the town's own charter"),
    ("Oxcliffe", "the seal colony", "Sarah", "Lindemere", "biologist", "Arthur Penhollow",
     "we counted ninety pups on the sandbank where there were ten last spring"),
    ("Penwick", "the power cut", "Rachel", "Stroudley", "spokeswoman", "Oliver Brantham",
     "a single crow on the wrong wire put out the lights of eleven villages"),
    ("Quarrendon", "the chess open", "Monica", "Abernell", "champion", "Victor Salcombe",
     "in the last game I saw the winning move only after I had made it"),
    ("Rothmere", "the peat fire", "Teresa", "Winslade", "fire chief", "Stephen Gallowby",
     "under the moor it burns on for weeks after the smoke has gone"),
    ("Stannick", "the wool fair", "Barbara", "Illsley", "weaver", "Andrew Norcott",
     "there is no machine yet that can feel a thread about to break"),
    ("Thornabbey", "the bell tower", "Angela", "Ravensby", "restorer", "Michael Duxbury",
     "the great bell had hung by one bolt out of four for fifty years"),
]  # fmt: skip

FIRST = """\
{town}'s council met on Monday to talk about {what}, and more than a hundred people came to listen to the debate.

“{words},” {surname} said. {given} {surname}, the {role}, had brought photographs along.

{second}, who spoke after the break, asked for patience. “Let us wait for the report,” he told the hall.
"""
SECOND = """\
It was late before the hall in {town} emptied. For three hours the council had heard witnesses about {what}.

The {role}, {given} {surname}, opened the evening with a short report, and {surname} answered most questions herself.

“{words},” {speaker} said to applause. The council will vote on the matter in the first week of next month.
"""
WRONG = 6  # the event whose second article gives the words to a stranger
STRANGER = "Bexheath"


def record(number: int, event: tuple[str, ...], second: bool) -> dict[str, str]:
    town, what, given, surname, role, other, words = event
    words = words[0].upper() + words[1:]
    speaker = STRANGER if number == WRONG else surname
    text = (SECOND if second else FIRST).format(
        town=town,
        what=what,
        given=given,
        surname=surname,
        role=role,
        second=other,
        words=words,
        speaker=speaker,
    )
    paper = "Evening Post" if second else "Morning Herald"
    return {"id": f"{town}-{2 if second else 1}", "text": text, "source": paper, "title": f"{paper}: {what}"}


RECORDS = [record(n, event, second) for n, event in enumerate(EVENTS) for second in (False, True)]


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> CorpusIndex:
    folder: Path = tmp_path_factory.mktemp("corpus")
    (folder / "all.jsonl").write_text("\n".join(map(json.dumps, RECORDS)) + "\n", "utf-8")
    failures: list[Failure] = []
    build(
        [str(folder / "all.jsonl")],
        folder / "corpus.index",
        fields=Fields(),
        on_failure=failures.append,
        progress=False,
    )
    assert failures == []
    return CorpusIndex(folder / "corpus.index")


class Stub:
    """A corpus of the forty articles that compares every quotation with every other: slow and plain."""

    def __init__(self) -> None:
        self.said = []
        for n, event in enumerate(EVENTS):
            for second in (False, True):
                speaker = STRANGER if second and n == WRONG else f"{event[2]} {event[3]}"
                self.said.append((record(n, event, second), speaker, event[6]))

    def site_lines(self, source):
        return {}

    def site_articles(self, source):
        return 0

    def same_quotations(self, quotation, *, article):
        mine = words_of(quotation)
        return tuple(
            Elsewhere(speaker, words, other["id"], None, other["source"], other["title"], "all.jsonl", 1, 1.0)
            for other, speaker, words in self.said
            if other["id"] != article.id and words_of(words) == mine
        )


def findings(corpus) -> dict[str, list[Finding]]:
    cleaner = Cleaner(select=["AT008"], corpus=corpus)
    found = {r["id"]: list(cleaner.check(Article(**r)).findings) for r in RECORDS}
    return {key: these for key, these in found.items() if these}


def prove(found: dict[str, list[Finding]]) -> None:
    assert set(found) == {"Garrowby-2"}
    (finding,) = found["Garrowby-2"]
    assert (finding.rule, finding.text) == ("AT008", STRANGER)
    assert finding.fixes[0].edits[0].replacement == "Marchetta"
    assert "Julia Marchetta" in finding.message
    assert any("the comet can be seen" in piece.note for piece in finding.evidence)
    assert any("the comet can be seen" in piece.text for piece in finding.evidence)


def test_one_quotation_in_two_mouths_is_found_and_nothing_else():
    prove(findings(Stub()))


def test_the_index_of_the_same_articles_finds_it_too(index):
    prove(findings(index))


def test_other_rules_find_nothing_in_the_others_either(index):
    cleaner = Cleaner(select=["attribution"], corpus=index)
    flagged = {r["id"] for r in RECORDS if cleaner.check(Article(**r)).findings}
    assert flagged == {"Garrowby-2"}


def test_the_majority_is_right_where_both_people_are_known():
    (_, _, given, surname, _, other, words) = EVENTS[0]

    class Majority(Stub):
        def same_quotations(self, quotation, *, article):
            if words_of(quotation) != words_of(words):
                return ()
            return tuple(
                Elsewhere(f"{given} {surname}", words, f"x{n}", None, None, None, "x.jsonl", n, 1.0)
                for n in (1, 2)
            )

    swapped = RECORDS[0]["text"].replace(f"{surname} said", f"{other.split()[1]} said")
    cleaner = Cleaner(select=["AT008"], corpus=Majority())
    (finding,) = cleaner.check(swapped, id="y").findings
    assert (finding.text, finding.fixes[0].edits[0].replacement) == (other.split()[1], surname)
    assert finding.message.startswith("2 other articles give these words")
    assert not cleaner.check(RECORDS[0]["text"], id="y").findings


def test_one_word_against_one_between_two_known_people_is_not_shown_unasked():
    (_, _, _, surname, _, other, words) = EVENTS[0]

    class One(Stub):
        def same_quotations(self, quotation, *, article):
            same = words_of(quotation) == words_of(words)
            return (Elsewhere(other, words, "x", None, None, None, "x.jsonl", 1, 1.0),) if same else ()

    text = RECORDS[0]["text"]
    assert not Cleaner(select=["AT008"], corpus=One()).check(text, id="y").findings
    asked = Cleaner(select=["AT008"], corpus=One(), min_confidence=0.3).check(text, id="y").findings
    assert [finding.text for finding in asked] == [surname]
