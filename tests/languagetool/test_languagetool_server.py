"""LanguageTool itself, as `make languagetool` assembles it: nothing here stands in for it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cleantext import Cleaner
from cleantext.article import Article
from cleantext.checks import CheckUnavailableError
from cleantext.checks.languagetool import installation
from cleantext.checks.languagetool import service as services
from cleantext.checks.languagetool.client import Client, FailedError
from cleantext.checks.languagetool.server import Server
from cleantext.configuration import Configuration, LanguageTool
from cleantext.report import Report

pytestmark = pytest.mark.languagetool

Run = Callable[..., subprocess.CompletedProcess[str]]
SPELLING = "LT:MORFOLOGIK_RULE_EN_US"


@pytest.fixture(scope="module")
def there() -> installation.Installation:
    """Return the assembled LanguageTool; on CI it must be there."""
    found = installation.find()
    java = installation.java()
    if found is None or java is None or java.major < installation.OLDEST_JAVA:
        reason = "no LanguageTool (`make languagetool`) or no Java 17"
        if os.environ.get("CI"):
            pytest.fail(f"missing on CI: {reason}")
        pytest.skip(reason)
    return found


@pytest.fixture(scope="module")
def server(there: installation.Installation) -> Iterator[Server]:
    """Yield a running server that the tests of this file share."""
    running = Server(there, timeout=60)
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def _services_end() -> Iterator[None]:
    yield
    services.close()


def asked(server: Server, *select: str, cache: str = "off") -> Cleaner:
    settings = LanguageTool(enabled=True, server=server.address, cache=cache, timeout=60)
    return Cleaner(Configuration(languagetool=settings), select=select, min_confidence=0.0)


def places(report: Report) -> list[tuple[str, str]]:
    return [(finding.rule, finding.text) for finding in report.findings]


def test_spans_are_right_after_emoji_and_combining_marks(server: Server) -> None:
    before = [
        "Plain.",
        "😀😀 e\u0301e\u0301 👨‍👩‍👧 🇫🇷",
        "cafe\u0301 naïve ﬁ",
        "\ud83d lone",
        "𝔘𝔫𝔦 — “quoted”",
        "\u200b\ufeff",
    ]
    for prefix in before:
        text = f"{prefix} and then he lived in an house.\r\n\r\n  {prefix} It was an good idea. 😀\n"
        report = asked(server, "LT:EN_A_VS_AN").check(text)
        assert places(report) == [("LT:EN_A_VS_AN", "an")] * 2, prefix
        assert [f.start for f in report.findings] == [text.index("an house"), text.index("an good")]
        assert [f.end - f.start for f in report.findings] == [2, 2]
        assert report.trouble == ()


def test_offsets_hold_over_many_lines_in_several_requests(server: Server) -> None:
    lines = [f"😀 Number {n} was an good idea of the old town council in May." for n in range(800)]
    text = "\n".join(lines)
    report = asked(server, "LT:EN_A_VS_AN").check(text)
    assert [f.start for f in report.findings] == list(_all(text, "an good"))


def test_what_is_found_in_a_line_does_not_depend_on_its_neighbours(server: Server) -> None:
    line = "He go to an house, and the man have an car."
    alone = places(asked(server, "LT:EN_A_VS_AN", "LT:HE_VERB_AGR").check(line))
    among = asked(server, "LT:EN_A_VS_AN", "LT:HE_VERB_AGR").check(f"nothing here\n{line}\n(an open bracket")
    assert alone == places(among) != []


def test_rules_that_look_across_sentences_run_where_selected(server: Server) -> None:
    report = asked(server, "LT:UPPERCASE_SENTENCE_START").check("The town slept. it was late. He left.")
    assert places(report) == [("LT:UPPERCASE_SENTENCE_START", "it")]


def test_a_finding_says_what_languagetool_says_and_is_never_safe(server: Server) -> None:
    (finding,) = asked(server, "LT:EN_A_VS_AN").check("It was an good idea.").findings
    assert finding.category == "languagetool"
    assert finding.name == "en-a-vs-an"
    assert "vowel sound" in finding.message
    assert finding.applicability != "safe"


def test_names_of_the_article_are_never_corrected(server: Server) -> None:
    text = "Zbigniew Wodzecki spoke first. Then Wodzecki, of Przemysl, sang a songg."
    raw = Client(server.address, 60).check(text, mode="allButTextLevelOnly", spelling=True)
    flagged = {text[match.start : match.end] for match in raw}
    assert {"Wodzecki", "songg"} <= flagged
    assert places(asked(server, SPELLING).check(text)) == [(SPELLING, "songg")]


def test_nothing_inside_a_quotation_is_safe(server: Server) -> None:
    report = asked(server, "LT:EN_A_VS_AN").check('He said: "It was an good idea." She left.')
    assert [finding.applicability == "safe" for finding in report.findings] == [False]
    assert report.fixed() == report.article.text


def test_a_text_that_was_checked_needs_no_server(there: installation.Installation, tmp_path: Path) -> None:
    settings = LanguageTool(enabled=True, cache=str(tmp_path / "cache.sqlite"), timeout=60)
    cleaner = Cleaner(Configuration(languagetool=settings), select=["LT:EN_A_VS_AN"], min_confidence=0.0)
    first = cleaner.check("It was an good idea.\nThe end.")
    assert services.service(settings)._server is not None
    services.close()
    second = cleaner.check("The end.\nIt was an good idea.")
    assert places(first) == places(second) != []
    assert services.service(settings)._server is None


def test_a_request_over_its_time_limit_is_given_up(server: Server) -> None:
    text = "The council of the old town has met an hour ago to speak of an good plan. " * 4000
    start = time.monotonic()
    with pytest.raises(FailedError, match=r"no answer within 0\.3 s"):
        Client(server.address, timeout=0.3).check(text, mode="allButTextLevelOnly", spelling=False)
    assert time.monotonic() - start < 3


def test_articles_that_take_too_long_lose_the_second_opinion_only(server: Server) -> None:
    settings = LanguageTool(enabled=True, server=server.address, cache="off", timeout=0.001)
    cleaner = Cleaner(Configuration(languagetool=settings), select=["typography", "LT:EN_A_VS_AN"])
    services.service(settings)._version = "6.8"  # asking for it would be the first to fail
    reports = list(cleaner.check_many([f"The parlia\u00adment met, number {n}." for n in range(5)]))
    assert [len(report.findings) for report in reports] == [1] * 5
    assert [len(report.trouble) for report in reports] == [1, 1, 1, 0, 0]
    assert "failed 3 times in a row" in reports[2].trouble[0]


def test_a_server_killed_in_the_middle_of_a_batch_costs_one_warning(there: installation.Installation) -> None:
    running = Server(there, timeout=60)
    cleaner = asked(running, "typography", "LT:EN_A_VS_AN")
    reports = []
    for number in range(6):
        if number == 3:
            os.killpg(running._process.pid, signal.SIGKILL)
        reports.append(cleaner.check(f"The parlia\u00adment met an good {number} times."))
    running.stop()
    assert [len(report.findings) for report in reports] == [2, 2, 2, 1, 1, 1]
    assert [len(report.trouble) for report in reports] == [0, 0, 0, 1, 0, 0]
    assert "checked without it" in reports[3].trouble[0]


def test_a_server_killed_under_its_workers_costs_them_a_warning_each(
    there: installation.Installation,
) -> None:
    settings = LanguageTool(enabled=True, cache="off", timeout=60)
    cleaner = Cleaner(
        Configuration(languagetool=settings), select=["typography", "LT:EN_A_VS_AN"], min_confidence=0.0
    )

    def articles() -> Iterator[str]:
        for number in range(1000):
            if number == 600:
                started = services.service(settings)._server
                assert started is not None
                os.killpg(started._process.pid, signal.SIGKILL)
            yield f"The parlia\u00adment met an good {number} times."

    reports = list(cleaner.check_many(articles(), jobs=2))
    rules = [finding.rule for report in reports for finding in report.findings]
    assert len(reports) == 1000
    assert sum(not rule.startswith("LT:") for rule in rules) == 1000
    assert 0 < rules.count("LT:EN_A_VS_AN") < 1000
    trouble = [said for report in reports for said in report.trouble]
    assert 1 <= len(trouble) <= 2, trouble


def test_workers_find_what_one_process_finds(server: Server, cleantext: Run, tmp_path: Path) -> None:
    articles = tmp_path / "articles.jsonl"
    lines = [json.dumps({"id": n, "text": f"He saw an good {n} of them."}) for n in range(150)]
    articles.write_text("\n".join(lines), "utf-8")
    settings = tmp_path / "cleantext.toml"
    settings.write_text(
        f'[languagetool]\nenabled = true\ncache = "off"\nserver = "{server.address}"\n', "utf-8"
    )
    options = ["--select", "LT:EN_A_VS_AN", "--min-confidence", "0", "--format", "jsonl", articles]
    alone = cleantext("check", "--config", settings, *options)
    shared = cleantext(
        *("check", "--isolated", "--languagetool", "--jobs", "2", *options),
        env={"XDG_CACHE_HOME": str(tmp_path / "empty")},
    )
    assert alone.stdout == shared.stdout
    assert alone.stdout.count('"LT:EN_A_VS_AN"') == 150
    assert (alone.returncode, shared.returncode) == (1, 1)


def test_a_dead_server_is_an_error_record_and_exit_code_2(cleantext: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings = tmp_path / "cleantext.toml"
    settings.write_text(
        f'[languagetool]\nenabled = true\ncache = "off"\nserver = "http://127.0.0.1:{port}"\n'
    )
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("The parlia\u00adment met.\n", "utf-8")
    options = ["--config", settings, "--select", "typography,languagetool"]
    for jobs in (1, 2):
        done = cleantext("check", *options, "--format", "json", "--jobs", jobs, tmp_path)
        told = json.loads(done.stdout)
        assert done.returncode == 2
        assert [len(article["findings"]) for article in told["articles"]] == [1, 1, 1]
        assert 1 <= len(told["errors"]) <= jobs
        assert all("LanguageTool does not answer" in error["error"] for error in told["errors"])


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_broken_jar_fails_in_seconds(cleantext: Run, tmp_path: Path, jobs: int) -> None:
    (tmp_path / "languagetool-server-6.8.jar").write_bytes(b"no jar at all")
    article = tmp_path / "article.txt"
    article.write_text("The parlia\u00adment met an good time.\n", "utf-8")
    options = ["--isolated", "--languagetool", "--select", "typography,languagetool", "--format", "json"]
    start = time.monotonic()
    done = cleantext(
        "check",
        *options,
        "--jobs",
        jobs,
        article,
        env={installation.PLACE: str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)},
    )
    assert time.monotonic() - start < 30
    assert done.returncode == 2
    (error,) = json.loads(done.stdout)["errors"]
    assert "LanguageTool did not start" in error["error"]
    assert [f["category"] for f in json.loads(done.stdout)["articles"][0]["findings"]] == ["typography"]


def test_a_server_that_stays_silent_is_given_up(there: installation.Installation) -> None:
    with pytest.raises(CheckUnavailableError, match=r"did not start within 0\.05 s"):
        Server(there, timeout=5, start_limit=0.05)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_no_server_outlives_its_run(there: installation.Installation, end: signal.Signals) -> None:
    program = (
        "import time\n"
        "from cleantext.checks.languagetool import installation\n"
        "from cleantext.checks.languagetool.server import Server\n"
        "print(Server(installation.find(), timeout=60).address, flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        port = urlsplit(run.stdout.readline().strip()).port
        assert port and _answers(port)
        run.send_signal(end)
        run.wait(10)
    deadline = time.monotonic() + 15
    while _answers(port):
        assert time.monotonic() < deadline, "the server runs on"
        time.sleep(0.1)


@pytest.mark.parametrize(
    "text",
    [
        "\ud800\udfff" * 50,
        "a" * 200_000,
        "word " * 20_000,
        "\x00\x01\x02 an good\x00 idea\x85 \u2028 an good idea",
        "“" * 3000,
        "an good idea 😀" * 500,
        "\u202e\u200f an good idea \u0300\u0301" * 50,
    ],
)
def test_hostile_texts_raise_nothing(server: Server, text: str) -> None:
    report = asked(server, "LT:EN_A_VS_AN", "LT:UPPERCASE_SENTENCE_START").check(Article(text=text))
    assert all(text[f.start : f.end] == f.text for f in report.findings)
    assert report.trouble == ()


def test_the_doctor_names_the_languagetool_that_would_start(
    there: installation.Installation, cleantext: Run
) -> None:
    told = cleantext("doctor").stdout
    assert f"LanguageTool  {there.version}" in told
    assert "java          17" in told or "java          2" in told


def _all(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2):
            return True
    except OSError:
        return False
