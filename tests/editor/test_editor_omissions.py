"""What the original says and the translation does not is put to the model, and what comes is held to the original."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleantext import Cleaner
from cleantext.article import Article
from cleantext.configuration import Configuration, Editor
from cleantext.document import Document
from cleantext.document.words import word_groups
from cleantext.editor.answers import Request
from cleantext.editor.change import Context
from cleantext.editor.omissions import omissions
from cleantext.editor.passages import Passage
from cleantext.editor.prompt import TRANSLATION, messages, name_of
from cleantext.editor.replay import Recorded, Replay
from cleantext.editor.restoring import insertion, refused
from cleantext.fidelity.gaps import BELIEVED
from cleantext.fidelity.pair import pair_of
from cleantext.fidelity.values import Strength, licensed, read_values

MISSING = (
    "Die Stürme des letzten Winters hatten die alte Mole von 1954 zerstört, "
    "und die Fischer von Torvik mussten seitdem nach Kasparek ausweichen."
)
ORIGINAL = (
    "Der Hafen von Torvik bekam am Montag eine neue Mole. Olivia Hartwell eröffnete sie vor dreihundert Gästen.\n"
    f"{MISSING}\nDer Bau kostete 40 Millionen Euro. Die Arbeiten dauerten zwei Jahre.\n"
)
TEXT = (
    "The port of Torvik got a new pier on Monday. Olivia Hartwell opened it before three hundred guests.\n"
    "Building it cost 40 million euros. The work took two years.\n"
)
REPLY = (
    "The storms of last winter had destroyed the old pier of 1954, "
    "and the fishermen of Torvik have had to make do with Kasparek since."
)


def checked(reply: str, which: str = "flagged", original: str | None = ORIGINAL) -> Any:
    config = Configuration(select=("editor",), editor=Editor(which=which, unit="line"))  # type: ignore[arg-type]
    cleaner = Cleaner(config, answers=Replay({MISSING: Recorded(MISSING, reply)}))
    article = Article(text=TEXT, lang="en", original=original, original_lang="de" if original else None)
    return cleaner.check(article)


def request(original: str, lang: str, before: str = "", after: str = "") -> Request:
    return Request(Passage(0, 0, "", before, after), (), original, tuple(read_values(original, lang)), lang)


def test_a_missing_sentence_is_proposed_where_it_belongs_and_is_never_safe() -> None:
    report = checked(REPLY)
    (finding,) = report.findings
    assert (finding.rule, finding.applicability) == ("ED012", "review")
    assert finding.start == finding.end == TEXT.index("Building")
    assert MISSING in finding.evidence[0].note
    assert report.fixed() == TEXT
    assert report.fixed(apply="review") == TEXT.replace("Building", f"{REPLY} Building")
    assert (report.editing.asked, report.editing.proposed) == (1, 1)


@pytest.mark.parametrize(("which", "original"), [("garbled", ORIGINAL), ("flagged", None)])
def test_it_is_asked_about_only_where_the_original_is_known_and_more_than_garble_is_wanted(
    which: str, original: str | None
) -> None:
    assert checked(REPLY, which, original).findings == ()


def test_a_refusal_is_shown_counted_and_changes_nothing() -> None:
    report = checked(REPLY.replace("1954", "1945"))
    (finding,) = report.findings
    assert (finding.rule, finding.applicability) == ("ED131", "display")
    assert report.fixed(apply="review") == TEXT
    assert [r.guard for r in report.editing.refused] == ["ED131"]
    assert "does not say “1945”" in report.editing.refused[0].reason


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (REPLY.replace(" of 1954", ""), "number or date of the original is not there"),
        (REPLY.replace("Kasparek", "Hammerfest"), "does not name “Hammerfest”"),
        (REPLY.replace("have had", "have not had"), "denies"),
        (REPLY.removesuffix(" since."), "stops in the middle"),
        (f"Here is the translation: {REPLY}", "talks"),
        (f"**{REPLY}**", "marked up"),
        (f"{REPLY}\nThe work took two years.", "more lines"),
        ("I'm sorry, but I can't help with that.", "declines"),
        ("", "empty"),
        ("It was 1954.", "longer or shorter"),
        (MISSING, "not English"),
        ("The port of Torvik got a new pier on Monday before three hundred guests, 1954.", "stands beside it already"),
    ],
)  # fmt: skip
def test_what_says_something_else_than_the_original_is_refused_with_its_reason(reply: str, why: str) -> None:
    beside = TEXT.split("\n")
    assert why in refused(request(MISSING, "de", beside[0], beside[1]), reply, Context())


@pytest.mark.parametrize(
    ("original", "lang", "reply"),
    [
        ("Пожар уничтожил три склада в Норильске.", "ru", "The fire destroyed three warehouses in Norilsk."),
        ("Мэр Ольга Лебедева не откроет мост в Твери.", "ru", "Mayor Olga Lebedeva will not open the bridge in Tver."),
        ("El alcalde Tomás Ferrer no abrirá la obra en otoño.", "es", "Mayor Tomás Ferrer will not open the works in autumn."),
        ("Nessuno ha visto la nave nel porto di Bari.", "it", "Nobody saw the ship in the port of Bari."),
    ],
)  # fmt: skip
def test_a_faithful_sentence_passes_in_other_languages(original: str, lang: str, reply: str) -> None:
    assert refused(request(original, lang), reply, Context()) == ""


def test_a_name_of_the_original_that_is_left_out_is_missed() -> None:
    one = request("El alcalde Tomás Ferrer abrirá la obra.", "es")
    assert "“Tomás” of the original" in refused(one, "The mayor will open the works.", Context())


def test_a_language_whose_denials_nobody_listed_is_refused() -> None:
    assert "not compared" in refused(
        request("A polgármester megnyitotta a hidat.", "hu"), "The mayor opened the bridge.", Context()
    )


def test_a_sentence_is_as_likely_missing_as_it_was_before_the_alignment_was_settled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = Document(Article(text=TEXT, lang="en", original=ORIGINAL, original_lang="de"))
    pair = pair_of(document)
    assert pair is not None
    (found,) = (one for one in pair.gaps if one.gap.side == "missing")
    for sure, asked in ((BELIEVED, 1), (BELIEVED - 0.01, 0)):
        judged = pair._replace(gaps=(found._replace(probability=sure),))
        monkeypatch.setattr("cleantext.editor.omissions.pair_of", lambda _, judged=judged: judged)
        assert len(omissions(document, "flagged")) == asked


def test_the_model_is_told_to_translate_and_replies_to_the_two_prompts_are_apart() -> None:
    told = messages(request(MISSING, "de", "Before.", "After."))
    assert "translator" in told[0]["content"]
    assert json.loads(told[1]["content"]) == {"before": "Before.", "after": "After.", "original": MISSING}
    assert name_of(request(MISSING, "de")) == TRANSLATION


@pytest.mark.parametrize(
    ("text", "at", "put"),
    [("A b. C d.", 5, "New. "), ("A b. C d.", 4, " New."), ("", 0, "New."), ("A b.", 4, " New."), ("A.\nB.\n", 3, "New. ")],
)  # fmt: skip
def test_what_is_put_in_is_parted_from_its_neighbours(text: str, at: int, put: str) -> None:
    edit = insertion(text, at, " New.\n")
    assert (edit.start, edit.end, edit.replacement) == (at, at, put)


def numbers(reply: str, original: str) -> str:
    sentence = "The port of Torvik has new berths."
    config = Configuration(select=("editor",), editor=Editor(which="all", unit="sentence"))
    cleaner = Cleaner(config, answers=Replay({sentence: Recorded(sentence, reply)}))
    article = Article(text=f"{sentence} Olivia Hartwell opened it on Monday.\n", lang="en", original=original)
    return cleaner.fix(article, apply="review").text.split(" Olivia")[0]


def test_a_number_that_is_missing_may_come_from_the_original_and_from_nowhere_else() -> None:
    original = "Der Hafen von Torvik hat 250 neue Liegeplätze. Olivia Hartwell eröffnete ihn am Montag."
    assert (
        numbers("The port of Torvik has 250 new berths.", original)
        == "The port of Torvik has 250 new berths."
    )
    assert numbers("The port of Torvik has 520 new berths.", original) == "The port of Torvik has new berths."
    assert (
        numbers("The port of Torvik has 250 new berths and 250 boats.", original)
        == "The port of Torvik has 250 new berths."
    )


WORDS = REPLY.split()
FOREIGN = ["1954", "1945", "300", "Torvik", "Kasparek", "Hammerfest", "Olivia", "three", "old", "Monday"]


@given(
    st.lists(st.tuples(st.integers(0, len(WORDS) - 2), st.sampled_from(FOREIGN), st.booleans()), max_size=3)
)
@example([])
@example([(11, "1945", True)])
@example([(17, "Olivia", True)])
@example([(3, "old", False)])
def test_whatever_is_put_in_says_the_originals_numbers_and_names_and_no_others(
    changes: list[tuple[int, str, bool]],
) -> None:
    told = list(WORDS)
    for at, word, replacing in changes:
        told[at : at + replacing] = [word]
    reply, one = " ".join(told), request(MISSING, "de")
    why = refused(one, reply, Context(frozenset(["Torvik", "Kasparek", "Olivia", "Hammerfest"])))
    if not changes:
        assert why == ""
    theirs = {"Torvik", "Kasparek", "1954"}
    named = {word for word in FOREIGN if re.search(rf"\b{word}\b", reply)} - {"old"}
    assert why or named == theirs, reply
    ours = tuple(read_values(reply, "en"))
    held = all(licensed(value, ours) for value in one.original_values if value.strength > Strength.HINT)
    assert why or held


@pytest.mark.parametrize(
    ("original", "lang", "reply", "why"),
    [
        ("Bürgermeister Klaus Brandt eröffnete die Brücke auf die Insel.", "de",
         "The mayor Olivia Hartwell opened the bridge to the island.", "does not name “Olivia”"),
        ("Bürgermeister Klaus Brandt eröffnete die Brücke auf die Insel.", "de",
         "Olivia opened the bridge to the island.", "does not name “Olivia”"),
        ("Bürgermeister Klaus Brandt eröffnete die Brücke auf die Insel.", "de",
         "Grzegorz opened the bridge to the island.", "does not name “Grzegorz”"),
        ("Bürgermeister Klaus Brandt eröffnete die Brücke auf die Insel.", "de",
         "The mayor opened the bridge to the island.", "“Klaus” of the original is not there"),
        ("Der Bürgermeister wird laut Polizei vielleicht die Brücke sperren.", "de",
         "The mayor has closed the bridge for good.", "surer than the original"),
        ("La alcaldesa cerrará tal vez el puente.", "es", "The mayor will close the bridge.", "says “tal vez”"),
        ("Le maire a peut-être vendu le pont.", "fr", "The mayor has sold the bridge.", "surer than"),
        ("Мэр якобы продал мост.", "ru", "The mayor has sold the bridge.", "surer than"),
        ("Der Bürgermeister hat im Mai angeblich die Brücke verkauft.", "de",
         "The mayor sold the bridge in May.", "surer than the original"),
        ("Der Minister reiste nach Niger.", "de", "The minister went to Nigeria.", "does not name “Nigeria”"),
        ("Der Minister reiste nach Australien.", "de", "The minister went to Austria.", "does not name “Austria”"),
        ("Le ministre est allé en Australie.", "fr", "The minister went to Austria.", "does not name “Austria”"),
        ("Der Minister reiste nach Nigerien.", "de", "The minister went to Niger.", "does not name “Niger”"),
        ("Der Minister traf Frau Johns.", "de", "The minister met Ms Johnson.", "does not name “Johnson”"),
        ("Sie lehnte den Antrag ab.", "de", "He approved the motion.", "stands for “he”"),
        ("Elle a rendu les clés de la ville.", "fr", "He returned the keys of the city.", "stands for “he”"),
        ("Ella cerró el puente.", "es", "He closed the bridge.", "stands for “he”"),
        ("Am Montag kam der Bürgermeister in die Stadt.", "de", "The mayor came to town on Tuesday.", "name “Tuesday”"),
        ("Der deutsche Bürgermeister kam in die Stadt.", "de", "The French mayor came to town.", "name “French”"),
    ],
)  # fmt: skip
def test_nobody_else_is_named_and_nothing_is_surer_than_the_original(
    original: str, lang: str, reply: str, why: str
) -> None:
    article = Context(frozenset(["Olivia", "Hartwell", "Klaus", "Brandt"]))
    assert why in refused(request(original, lang), reply, article)


@pytest.mark.parametrize(
    ("original", "lang", "reply"),
    [
        ("Am Montag kam der Bürgermeister in die Stadt.", "de", "The mayor came to town on Monday."),
        ("Der deutsche Bürgermeister kam in die Stadt.", "de", "The German mayor came to town."),
        ("El alcalde francés llegó a la ciudad el lunes.", "es", "The French mayor came to town on Monday."),
        ("Американский мэр приехал в город в мае.", "ru", "The American mayor came to town in May."),
        ("Der Minister reiste nach Singapur.", "de", "The minister went to Singapore."),
        ("El ministro ruso viajó a Singapur.", "es", "The Russian minister went to Singapore."),
        ("Bürgermeisterin Olivia Hartwell eröffnete die Brücke.", "de", "Mayor Olivia Hartwell opened the bridge."),
        ("Sie lehnte den Antrag ab.", "de", "She rejected the motion."),
        ("Cerró el puente.", "es", "He closed the bridge."),
        ("Der Bürgermeister wird laut Polizei vielleicht die Brücke sperren.", "de",
         "According to police, the mayor may close the bridge."),
    ],
)  # fmt: skip
def test_days_peoples_and_short_sentences_pass(original: str, lang: str, reply: str) -> None:
    article = Context(frozenset(["Olivia", "Hartwell", "Klaus", "Brandt"]))
    assert refused(request(original, lang), reply, article) == ""


def test_the_hedges_persons_and_days_are_known_wherever_denials_are() -> None:
    for lang in word_groups("editor-negations-elsewhere"):
        assert word_groups("editor-hedges-elsewhere")[lang]
        assert word_groups("editor-persons-elsewhere")[f"{lang}-he"]
        assert word_groups("editor-persons-elsewhere")[f"{lang}-she"]
