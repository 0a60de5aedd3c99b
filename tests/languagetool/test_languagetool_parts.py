"""The parts of the LanguageTool check that need no server: pieces, offsets, cache, keeper, cards, troubles."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext import Cleaner
from cleantext.article import Article
from cleantext.checks import CheckUnavailableError
from cleantext.checks.answercache import Cache, key
from cleantext.checks.languagetool import installation, keeper, rules
from cleantext.checks.languagetool import service as services
from cleantext.checks.languagetool.client import Client, FailedError, GoneError, Match, parse_address
from cleantext.checks.languagetool.echoes import without_echoes
from cleantext.checks.languagetool.pieces import LONGEST, LONGEST_SENTENCE, pieces, requests
from cleantext.cli.options import Reading, Rules, configuration
from cleantext.configuration import Configuration, LanguageTool
from cleantext.document import Document
from cleantext.finding import Applicability, Finding, replace
from cleantext.offsets import Offsets

MATCH = Match("EN_A_VS_AN", 3, 5, "Use “a”.", ("a",))
WITHOUT_CACHE = LanguageTool(enabled=True, cache="off")


@pytest.fixture(autouse=True)
def _services_end() -> Iterator[None]:
    yield
    services.close()


@given(st.text(st.characters(codec=None, exclude_categories=[]), max_size=40))
def test_every_code_point_is_found_again_by_its_utf16_unit(text: str) -> None:
    places = Offsets(text, "utf-16")
    for at in range(len(text) + 1):
        unit = len(text[:at].encode("utf-16-le", "surrogatepass")) // 2
        assert places.code_point(unit) == at
    assert places.length == len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_a_unit_inside_of_a_pair_is_no_code_point() -> None:
    assert Offsets("a😀b", "utf-16").code_point(2) is None
    assert Offsets("ab", "utf-16").code_point(3) is None
    assert Offsets("ab", "utf-16").code_point(-1) is None


@given(st.text(st.sampled_from("ab. \n\r\u2028é😀\u0301\t1"), max_size=200))
def test_pieces_are_parts_of_the_article_in_order(text: str) -> None:
    end = 0
    for piece in pieces(Document(Article(text=text))):
        assert text[piece.start : piece.start + len(piece.text)] == piece.text
        assert piece.start >= end
        assert "\n" not in piece.text and "\r" not in piece.text
        end = piece.start + len(piece.text)


def test_a_long_line_is_cut_between_sentences_and_loses_none() -> None:
    line = "The council met again on Monday and spoke of bread. " * 1000
    cut = list(pieces(Document(Article(text=line))))
    assert max(len(piece.text) for piece in cut) <= LONGEST
    assert sum(piece.text.count("bread.") for piece in cut) == 1000


def test_what_is_no_sentence_by_its_length_is_not_asked_about() -> None:
    document = Document(Article(text="Short one. " + "x" * (LONGEST + LONGEST_SENTENCE) + "\nAnother line."))
    assert [piece.text for piece in pieces(document)][-1] == "Another line."
    assert all(len(piece.text) <= LONGEST for piece in pieces(document))


@given(st.lists(st.integers(1, 20_000), max_size=30))
def test_requests_hold_every_text_once_and_in_order(lengths: list[int]) -> None:
    dealt = [at for group in requests(["x" * n for n in lengths]) for at in group]
    assert dealt == list(range(len(lengths)))


def test_the_cache_gives_back_what_was_put_into_its_file(tmp_path: Path) -> None:
    place = str(tmp_path / "deep" / "cache.sqlite")
    first = Cache(place, tuple[Match, ...], name="languagetool")
    first.put([(key("6.8", "He go."), (MATCH,)), (key("6.8", "\ud800 😀"), ())])
    first.close()
    second = Cache(place, tuple[Match, ...], name="languagetool")
    assert second.get([key("6.8", "He go."), key("6.8", "\ud800 😀"), key("6.9", "He go.")]) == {
        key("6.8", "He go."): (MATCH,),
        key("6.8", "\ud800 😀"): (),
    }
    second.close()


def test_a_cache_that_cannot_be_opened_is_an_empty_one(tmp_path: Path) -> None:
    broken = tmp_path / "cache.sqlite"
    broken.write_bytes(b"no database at all " * 100)
    cache = Cache(str(broken), tuple[Match, ...], name="languagetool")
    cache.put([(b"k", (MATCH,))])
    assert cache.get([b"k"]) == {}
    cache.close()
    assert Cache(str(broken / "below"), tuple[Match, ...], name="languagetool").get([b"k"]) == {}


def test_what_the_keeper_runs_ends_with_its_starter(tmp_path: Path) -> None:
    child = "import time,os,sys; open(sys.argv[1],'w').write(str(os.getpid())); time.sleep(60)"
    note = tmp_path / "pid"
    with subprocess.Popen(
        [sys.executable, "-I", "-S", str(keeper.__file__), sys.executable, "-c", child, str(note)],
        stdin=subprocess.PIPE,
    ) as process:
        _until(lambda: note.exists() and bool(note.read_text()))
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) != 0
    pid = int(note.read_text())
    _until(lambda: not _runs(pid))


@pytest.mark.parametrize("address", ["", "http://", "ftp://host", "http://host:port", "http://host:99999"])
def test_an_address_that_is_none_is_refused_in_words(address: str) -> None:
    with pytest.raises(ValueError, match="is no address of a LanguageTool server"):
        parse_address(address)


def test_a_server_that_is_not_there_is_gone_at_once() -> None:
    with pytest.raises(GoneError):
        Client(f"http://127.0.0.1:{_closed_port()}", timeout=5).version()


def test_a_silent_server_costs_the_time_limit_and_no_more() -> None:
    with _listening(lambda connection: time.sleep(3)) as address:
        start = time.monotonic()
        with pytest.raises(FailedError, match=r"no answer within 0\.5 s"):
            Client(address, timeout=0.5).check("Text.", mode="allButTextLevelOnly", spelling=False)
        assert time.monotonic() - start < 2


def test_a_server_that_drips_costs_the_time_limit_and_no_more() -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(30):
            connection.sendall(b" ")
            time.sleep(0.1)

    with _listening(drip) as address:
        start = time.monotonic()
        with pytest.raises(FailedError, match="no answer within"):
            Client(address, timeout=0.5).check("Text.", mode="allButTextLevelOnly", spelling=False)
        assert time.monotonic() - start < 2


def test_an_answer_of_another_program_is_no_finding() -> None:
    def answer(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")

    with _listening(answer) as address, pytest.raises(FailedError, match="not LanguageTool's"):
        Client(address, timeout=5).check("Text.", mode="allButTextLevelOnly", spelling=False)


def test_a_server_that_is_gone_is_said_once_and_costs_no_other_finding() -> None:
    there = Configuration(
        languagetool=LanguageTool(enabled=True, server=f"http://127.0.0.1:{_closed_port()}", cache="off")
    )
    cleaner = Cleaner(there, select=["typography", "LT:EN_A_VS_AN"])
    reports = list(cleaner.check_many(["The parlia\u00adment met.", "The parlia\u00adment met again."]))
    assert [len(report.findings) for report in reports] == [1, 1]
    assert [len(report.trouble) for report in reports] == [1, 0]
    assert "LanguageTool does not answer" in reports[0].trouble[0]


def test_without_java_one_error_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "languagetool-server-6.8.jar").write_bytes(b"")
    monkeypatch.setenv(installation.PLACE, str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    report = Cleaner(Configuration(languagetool=WITHOUT_CACHE), select=["LT:EN_A_VS_AN"]).check("An text.")
    assert "needs Java 17 or newer, and there is none" in report.trouble[0]


def test_a_languagetool_that_is_too_old_is_not_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "languagetool-server-5.9.jar").write_bytes(b"")
    monkeypatch.setenv(installation.PLACE, str(tmp_path))
    report = Cleaner(Configuration(languagetool=WITHOUT_CACHE), select=["LT:EN_A_VS_AN"]).check("An text.")
    assert "LanguageTool 5.9 is too old: 6.7 or newer is needed" in report.trouble[0]


def test_a_download_of_the_package_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for version in ("6.7", "6.10", "6.8"):
        folder = tmp_path / f"LanguageTool-{version}"
        (folder / "libs").mkdir(parents=True)
        (folder / "languagetool-server.jar").write_bytes(b"")
    monkeypatch.delenv(installation.PLACE, raising=False)
    monkeypatch.setenv("LTP_PATH", str(tmp_path))
    monkeypatch.setattr(installation, "rules_dir", lambda: tmp_path / "rules")
    found = installation.find()
    assert found is not None and found.version == "6.10"
    assert str(found.folder / "libs" / "*") in found.classpath.split(os.pathsep)


def test_a_failed_download_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    package = pytest.importorskip("language_tool_python.download_lt")

    def refuse(self: object) -> None:
        raise OSError("no route to host")

    monkeypatch.setattr(package.ReleaseLocalLanguageTool, "download", refuse)
    with pytest.raises(CheckUnavailableError, match="could not be downloaded: no route to host"):
        installation.download()


def test_languagetools_rules_need_languagetool() -> None:
    with pytest.raises(ValueError, match="give --languagetool"):
        Cleaner(select=["LT:EN_A_VS_AN"])


def test_the_flag_selects_what_it_asks_for() -> None:
    asked = configuration([], Reading(isolated=True), Rules(select=["typography"], languagetool=True))
    assert asked.select == ("typography", "languagetool")
    asked = configuration([], Reading(isolated=True), Rules(select=["LT:ANY_MORE"], languagetool=True))
    assert asked.select == ("LT:ANY_MORE",)


def test_what_our_rules_found_is_not_said_twice() -> None:
    def found(category: str, start: int, end: int, *, fixes: bool = True) -> Finding:
        fix = (replace(start, end, ""),) if fixes else ()
        return Finding("X1", "x", category, start, end, "", "", Applicability.REVIEW, 0.9, fix)

    ours, silent = found("translation", 10, 20), found("translation", 40, 50, fixes=False)
    inside, beside, there = (found("languagetool", *span) for span in ((12, 14), (20, 22), (42, 44)))
    assert without_echoes([ours, inside, beside, silent, there]) == [ours, beside, silent, there]


def test_without_selection_only_allowed_rules_run() -> None:
    cleaner = Cleaner(Configuration(languagetool=WITHOUT_CACHE))
    mine = {rule for rule in cleaner.cards if rule.startswith("LT:")}
    assert mine == {rules.PREFIX + rule for rule in rules.measured().allowed}


def test_a_selected_rule_that_was_not_allowed_offers_no_fix() -> None:
    (card,) = (
        card
        for card in rules.cards(["LT:UPPERCASE_SENTENCE_START"])
        if card.id == "LT:UPPERCASE_SENTENCE_START"
    )
    assert card.applicability == "display"
    assert card.name == "uppercase-sentence-start"


def test_no_promotion_makes_another_programs_opinion_safe() -> None:
    allowed = sorted(rules.measured().allowed)
    assert allowed, "rules/languagetool.toml allows no rule"
    cleaner = Cleaner(
        Configuration(languagetool=WITHOUT_CACHE, promote=(f"LT:{allowed[0]}",)), select=["languagetool"]
    )
    assert cleaner._allowed(cleaner.cards[f"LT:{allowed[0]}"]) == "review"


def test_the_gpl_package_is_not_imported_by_asking(tmp_path: Path) -> None:
    program = (
        "import sys, cleantext\n"
        "from cleantext.configuration import Configuration, LanguageTool\n"
        "asked = LanguageTool(enabled=True, server='http://127.0.0.1:9', cache='off')\n"
        "cleantext.Cleaner(Configuration(languagetool=asked), select=['LT:EN_A_VS_AN']).check('An text.')\n"
        "assert not [name for name in sys.modules if name.startswith('language_tool')]\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=tmp_path)


class _listening:  # noqa: N801 - reads as a word
    """A real socket that does with its first connection what it is told."""

    def __init__(self, answer: object) -> None:
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0))

    def __enter__(self) -> str:
        threading.Thread(target=self._serve, daemon=True).start()
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def _serve(self) -> None:
        connection, _ = self._socket.accept()
        with connection:
            connection.recv(65536)
            try:
                self._answer(connection)  # type: ignore[operator]
            except OSError:
                return

    def __exit__(self, *_: object) -> None:
        self._socket.close()


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _until(condition: object, limit: float = 10.0) -> None:
    deadline = time.monotonic() + limit
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
