"""Words in the wrong mouth: who is doubted, why, and whom the evidence points to."""

import msgspec
import pytest

import cleantext
from cleantext import Cleaner
from cleantext.article import Article
from cleantext.checks.attribution.weighing import models
from cleantext.configuration import Attribution, Configuration
from cleantext.finding import Applicability, Finding

CLEANER = Cleaner(select=["attribution"])
ALL_OF_THEM = Cleaner(select=["attribution"], min_confidence=0.0)
WEAK = Cleaner(select=["attribution"], min_confidence=0.1)

HARBOUR = """\
Olivia Hartwell, the head of the harbour trust, opened the new pier on Monday. Hartwell said the work had taken six years.

“We never doubted that it would stand,” {speaker} said. “The storms of last winter proved it.”

“The builders have earned their holiday,” Hartwell added. Her deputy, Tom Ellery, was at the ceremony too.
"""

ELYSEE = """\
French President François Hollande received the mayors of the coast in Paris on Tuesday. The meeting lasted two hours.

{speaker} said that the dykes would be raised “before the winter”. The mayors had asked for help since the spring.

“Nobody will be left alone,” Hollande told them at the end.
"""


def check(text: str, date: str | None = None, cleaner: Cleaner = CLEANER) -> list[Finding]:
    return list(cleaner.check(Article(text=text, date=date)).findings)


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


def suggestion(finding: Finding) -> str:
    return finding.fixes[0].edits[0].replacement


def test_the_seed_article_has_chirac_for_hollande(seeds):
    text = (seeds / "004_6247aee51db59cad.txt").read_text("utf-8")
    finding = only(check(text))
    assert (finding.text, suggestion(finding)) == ("Chirac", "Hollande")
    assert "until 16 May 2007" in finding.message
    assert finding.confidence >= 0.9
    notes = " ".join(piece.note for piece in finding.evidence)
    assert "Jacques Chirac was President of France from 17 May 1995 to 16 May 2007" in notes
    assert "We will intensify our aerial attacks" in notes


def test_the_other_seed_article_has_none(seeds):
    assert check((seeds / "000_47d5de616a39cc57.txt").read_text("utf-8")) == []


def test_a_stranger_who_speaks_once_is_doubted_by_those_who_ask_for_weak_findings():
    text = HARBOUR.format(speaker="Kasparek")
    finding = only(check(text, cleaner=ALL_OF_THEM))
    assert (finding.rule, finding.text, suggestion(finding)) == ("AT001", "Kasparek", "Hartwell")
    assert check(text) == []  # a lost caption may have introduced him


@pytest.mark.parametrize("speaker", ["Hartwell", "Ellery", "The builders", "She", "Tom Ellery"])
def test_people_whom_the_article_introduces_are_not(speaker):
    assert [f for f in check(HARBOUR.format(speaker=speaker)) if f.confidence >= 0.5] == []


@pytest.mark.parametrize("intro", ["Lord Kasparek", "the firm Kasparek", "Reuters", "K. B. Kasparek", "KASP"])
def test_titles_firms_and_initials_need_no_introduction(intro):
    text = HARBOUR.format(speaker=intro)
    assert [f for f in check(text) if f.rule == "AT001" and f.confidence >= 0.5] == []


@pytest.mark.parametrize("date", ["2015-11-24", "2015-11", "2015", None])
def test_a_predecessor_is_named_with_his_term_and_the_holder_suggested(date):
    finding = only(check(ELYSEE.format(speaker="Chirac"), date))
    assert (finding.rule, suggestion(finding)) == ("AT002", "Hollande")
    assert "Jacques Chirac was President of France until 16 May 2007" in finding.message
    assert finding.confidence >= 0.6


def test_the_evidence_shows_the_row_and_the_rival_in_the_text():
    finding = only(check(ELYSEE.format(speaker="Chirac"), "2015-11-24"))
    row = next(piece for piece in finding.evidence if piece.note.startswith("Office table: Jacques Chirac"))
    assert (row.start, row.end) == (0, 0)
    rival = next(piece for piece in finding.evidence if piece.text == "François Hollande")
    assert "President of France" in rival.note


@pytest.mark.parametrize("title", ["President ", "French President "])
def test_a_title_of_another_stays_and_the_name_goes(title):
    text = ELYSEE.format(speaker=f"{title}Chirac")
    finding = only(check(text, "2015-11-24", ALL_OF_THEM))  # a look back may call him so
    assert (finding.rule, finding.text, suggestion(finding)) == ("AT004", "Chirac", "Hollande")


def test_mannered_titles_stay_too():
    finding = only(check(ELYSEE.format(speaker="Mr Chirac"), "2015-11-24"))
    assert (finding.text, suggestion(finding)) == ("Chirac", "Hollande")


def test_a_successor_is_not_yet_in_office():
    text = ELYSEE.replace("French President François Hollande", "Ukrainian President Petro Poroshenko")
    text = text.replace("Paris", "Kyiv").replace("Hollande told", "Poroshenko told")
    finding = only(check(text.format(speaker="Zelensky"), "2015-11-24", ALL_OF_THEM))
    assert finding.rule == "AT003"
    assert "only on 20 May 2019" in finding.message


def test_a_successor_who_holds_another_office_that_day_may_well_speak():
    found = check(ELYSEE.format(speaker="Macron"), "2015-11-24", ALL_OF_THEM)  # a minister then
    assert [f for f in found if f.rule == "AT003" or f.confidence >= 0.5] == []


@pytest.mark.parametrize("speaker", ["Obama", "President Obama", "Merkel"])
def test_holders_of_the_day_of_another_country_are_not_sure_to_be_wrong(speaker):
    assert [f for f in check(ELYSEE.format(speaker=speaker), "2015-11-24") if f.confidence >= 0.6] == []


def test_a_person_who_goes_from_one_office_to_another_is_no_rival_of_himself():
    text = ELYSEE.replace("French President François Hollande", "British Chancellor Gordon Brown")
    text = text.replace("Hollande told", "Brown told")
    assert check(text.format(speaker="Brown"), "2007-06-27") == []


def test_accents_do_not_part_a_name_from_its_row():
    text = ELYSEE.replace("François", "Francois")
    assert suggestion(only(check(text.format(speaker="Chirac"), "2015-11-24"))) == "Hollande"


def test_speaking_of_oneself_by_name_is_doubted():
    article = (
        HARBOUR.format(speaker="Hartwell") + "\nMr Ellery said Ellery had promised granite. Ellery left.\n"
    )
    finding = only(check(article, cleaner=WEAK))
    assert (finding.rule, finding.text, suggestion(finding)) == ("AT006", "Ellery", "Hartwell")


ALL = [
    HARBOUR.format(speaker="Kasparek"),
    ELYSEE.format(speaker="Chirac"),
    ELYSEE.format(speaker="President Chirac"),
]


@pytest.mark.parametrize("text", ALL)
def test_no_finding_is_ever_safe_whatever_a_user_promotes(text):
    bold = Cleaner(Configuration(select=("attribution",), promote=("AT", "attribution")), min_confidence=0.0)
    findings = check(text, "2015-11-24", bold)
    assert findings
    assert all(finding.applicability is not Applicability.SAFE for finding in findings)


@pytest.mark.parametrize("text", ALL)
def test_fix_applies_only_what_a_person_accepted(text):
    article = Article(text=text, date="2015-11-24")
    assert ALL_OF_THEM.fix(article).text == text
    accepted = ALL_OF_THEM.fix(article, accept=lambda finding: finding)
    assert accepted.text != text
    assert "Chirac" not in accepted.text
    assert "Kasparek" not in accepted.text


def test_a_fix_that_was_accepted_leaves_nothing_to_doubt():
    article = Article(text=ELYSEE.format(speaker="Chirac"), date="2015-11-24")
    mended = CLEANER.fix(article, accept=lambda finding: finding).text
    assert check(mended, "2015-11-24") == []


def test_a_finding_survives_the_wire():
    finding = only(check(ELYSEE.format(speaker="Chirac"), "2015-11-24"))
    assert msgspec.json.decode(msgspec.json.encode(finding), type=Finding) == finding


TWICE = """\
Olivia Hartwell, the head of the harbour trust, spoke to the press on Monday, after a night of storms.

“The northern breakwater will be rebuilt with granite before Christmas,” {speaker} said at the end of the meeting.

Hartwell has long wanted this. “The northern breakwater will be rebuilt with granite before Christmas,” Hartwell said in May.
"""


def test_the_same_quotation_from_two_mouths_is_found_with_both_places():
    finding = only(check(TWICE.format(speaker="Ellery"), cleaner=Cleaner(select=["AT005"])))
    assert (finding.text, suggestion(finding)) == ("Ellery", "Hartwell")
    assert [piece.text.count("granite") for piece in finding.evidence] == [1, 1]


def test_the_same_quotation_from_one_mouth_is_not():
    assert not check(TWICE.format(speaker="Hartwell"), cleaner=Cleaner(select=["AT005"], min_confidence=0.0))


@pytest.mark.parametrize(
    "elsewhere",
    [
        "Corvin Chirac was there, too.",
        "He had met the engineer J. Chirac before.",
        "The engineer, Ursula von der Chirac, was there, too.",
        "Sen. [Howard] Chirac was there, too.",
        "Jim “Bulldozer” Chirac was there, too.",
        "Chirac Jiechi was there, too.",
        "The room was full when President Chirac came in.",
    ],
)
def test_a_name_that_stands_elsewhere_in_a_longer_one_is_introduced(elsewhere):
    text = ELYSEE.format(speaker="Chirac") + "\n" + elsewhere + "\n"
    assert [f for f in check(text, "2015-11-24") if f.text == "Chirac"] == []


@pytest.mark.parametrize(
    "elsewhere", ["But Chirac was there, too.", "On Monday Chirac was there, too.", "Mr Chirac left."]
)
def test_a_second_bare_mention_introduces_nobody(elsewhere):
    text = ELYSEE.format(speaker="Chirac") + "\n" + elsewhere + "\n"
    assert [f for f in check(text, "2015-11-24", ALL_OF_THEM) if f.text == "Chirac"]


def test_an_office_before_a_polite_title_introduces():
    assert check(ELYSEE.format(speaker="Deputy Prime Minister Mr Chirac"), "2015-11-24") == []


@pytest.mark.parametrize(
    "line",
    [
        "Mayors meet in ParisChirac says dykes were a mistake Coast towns ask for help",
        "MORE NEWS: Chirac said the dykes were a mistake.",
        "Watch: Chirac says the dykes were a mistake.",
        "Chirac reported from Calais.",
        "Chirac says the dykes were a mistake",
    ],
)
def test_nobody_is_judged_in_links_captions_and_glued_headlines(line):
    text = ELYSEE.format(speaker="He") + "\n" + line + "\n\nThe mayors went home by train.\n"
    assert [f for f in check(text, "2015-11-24", ALL_OF_THEM) if f.text == "Chirac"] == []


@pytest.mark.parametrize("speaker", ["Blair", "Brown"])
def test_a_former_head_known_to_every_reader_needs_no_introduction_for_some_years(speaker):
    text = ELYSEE.replace("French President François Hollande", "British Prime Minister David Cameron")
    text = text.replace("Hollande told", "Cameron told")
    recent = {"Blair": "2010-10-01", "Brown": "2013-10-01"}[speaker]
    assert check(text.format(speaker=speaker), recent) == []
    assert only(check(text.format(speaker=speaker), "2015-11-24")).text == speaker


@pytest.mark.parametrize(
    "who",
    [
        "Opponents",
        "Residents",
        "Doctors",
        "Farmers",
        "Critics",
        "Officials",
        "Analysts",
        "Experts",
        "Witnesses",
        "Teachers",
        "Nurses",
        "Students",
        "Drivers",
        "Traders",
        "Miners",
        "Fishermen",
        "Voters",
        "Parents",
        "Scientists",
        "Lawyers",
        "Police",
        "Neighbours",
    ],
)
def test_groups_that_speak_are_no_persons(who):
    text = (
        "The council of the town met on Monday and voted for a new bridge over the river.\n\n"
        f"{who} said that the bridge would cost too much and that nobody had asked them about it.\n\n"
        "The vote was close, and the mayor, Anna Berg, called it a good day.\n"
    )
    assert [finding for finding in cleantext.check(text) if finding.category == "attribution"] == []


def test_the_supposed_rate_of_wrong_speakers_moves_every_confidence():
    text = ELYSEE.format(speaker="Chirac")

    def confidence(prior: float) -> float:
        cleaner = Cleaner(
            Configuration(attribution=Attribution(prior=prior)), select=["attribution"], min_confidence=0
        )
        return only(list(cleaner.check(text, date="2015-11-24").findings)).confidence

    rare, usual, common = confidence(0.00001), confidence(0.001), confidence(0.05)
    assert rare < usual < common
    assert models(0.001)["orphan"] == models()["orphan"]
    with pytest.raises(msgspec.ValidationError, match="prior"):
        msgspec.convert({"prior": 1.5}, Attribution)


def test_a_family_name_that_stands_first_is_suggested():
    text = """\
Ban Ki-moon opened the new hall of the harbour on Tuesday. The Secretary-General of the United Nations had come by ship.

“The sea asks nobody for a passport,” Annan told the crowd. The band played on.

Tom Ellery, who built the hall, was given a medal. Ellery said that the roof was the hard part.
"""
    found = only(check(text, "2012-05-08"))
    assert found.fixes[0].edits[0].replacement == "Ban"
