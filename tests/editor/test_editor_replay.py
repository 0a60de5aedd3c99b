"""The model editor on recorded replies: what is proposed, what is refused, and what is said of a bad file."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleantext import Cleaner
from cleantext.configuration import Configuration, Editor
from cleantext.editor.replay import Recorded, Replay

Run = Callable[..., subprocess.CompletedProcess[str]]

TEXT = "The council bought house on the hill. It paid 900 M$ for the hill in 2011, said the deputy mayor.\n"
REPLY = (
    "The council bought a house on the hill. It paid $900,000 for the hill in 2011, said the deputy mayor."
)


def recorded(path: Path, *pairs: tuple[str, str]) -> Path:
    path.write_text("".join(json.dumps({"sentence": s, "reply": r}) + "\n" for s, r in pairs), "utf-8")
    return path


def cleaner(*pairs: tuple[str, str], **more: Any) -> Cleaner:
    replies = Replay({s.strip(): Recorded(s, r) for s, r in pairs})
    config = Configuration(editor=Editor(which="all", unit="line"), select=("editor",))
    return Cleaner(config, answers=replies, **more)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_one_bad_edit_is_refused_and_the_others_of_the_reply_stay(cleantext: Run, article: Path) -> None:
    replay = recorded(article.with_name("replies.jsonl"), (TEXT.strip(), REPLY))
    done = cleantext(
        "check", article, "--select", "editor", "--format", "json",
        "--editor-replay", replay, "--editor-which", "all", "--editor-unit", "line",
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    (one,) = json.loads(done.stdout)["articles"]
    offered = [f for f in one["findings"] if f["fixes"]]
    assert [f["rule"] for f in offered] == ["ED001"]
    assert offered[0]["fixes"][0]["edits"] == [{"start": 19, "end": 19, "replacement": "a "}]
    assert offered[0]["applicability"] == "review"
    refused = [f for f in one["findings"] if not f["fixes"]]
    assert {f["rule"] for f in refused} == {"ED101"}
    assert "900000000 USD" in refused[0]["message"]
    assert one["editor"]["asked"] == 1
    assert one["editor"]["proposed"] == 1
    assert {r["guard"] for r in one["editor"]["refused"]} == {"ED101"}
    start, end = (one["editor"]["refused"][0][k] for k in ("start", "end"))
    assert "900 M$" in TEXT[start - 1 : end + 7]


def test_nothing_of_the_editor_is_ever_safe_however_it_is_promoted() -> None:
    promoted = Configuration(editor=Editor(which="all", unit="line"), promote=("editor",))
    replies = Replay({TEXT.strip(): Recorded(TEXT, REPLY)})
    report = Cleaner(promoted, answers=replies).check(TEXT)
    found = [f for f in report.findings if f.category == "editor"]
    assert found
    assert all(f.applicability != "safe" for f in found)
    assert report.fixed() == TEXT


def test_what_was_accepted_is_applied_and_looked_at_again_by_the_rules_but_not_by_the_model() -> None:
    asked: list[str] = []

    class Listening(Replay):
        def answers(self, requests: Any) -> Any:
            asked.extend(request.passage.text for request in requests)
            return super().answers(requests)

    text = "The council bought house on the the hill.\n"
    replies = Listening({text.strip(): Recorded(text, "The council bought a house on the the hill.")})
    config = Configuration(editor=Editor(which="all", unit="line"))
    fixed = Cleaner(config, answers=replies).fix(text, apply="review")
    assert fixed.text == "The council bought a house on the hill.\n"
    assert asked == [text.strip()]


def test_the_neighbours_of_a_passage_are_not_touched() -> None:
    before, after = "The weather was fine on the day.", "Nobody was hurt in the house."
    text = f"{before}\n{TEXT.strip()}\n{after}\n"
    report = cleaner((TEXT.strip(), REPLY)).check(text)
    assert report.findings
    low, high = text.index(TEXT.strip()), text.index(after)
    assert all(low <= f.start <= f.end < high for f in report.findings)


def test_what_the_file_does_not_hold_is_not_asked() -> None:
    report = cleaner(("Another sentence stands here.", "Another sentence stands there.")).check(TEXT)
    assert report.findings == ()
    assert report.editing is not None
    assert (report.editing.asked, report.editing.proposed, report.editing.refused) == (0, 0, ())


def test_two_replies_to_one_sentence_and_a_line_cut_short_are_named_and_cost_nothing_else(
    cleantext: Run, article: Path
) -> None:
    replay = recorded(article.with_name("replies.jsonl"), (TEXT.strip(), REPLY), (TEXT.strip(), TEXT.strip()))
    with replay.open("a") as file:
        file.write('{"sentence": "The coun')
    done = cleantext(
        "check", article, "--select", "editor", "--format", "jsonl",
        "--editor-replay", replay, "--editor-which", "all", "--editor-unit", "line",
    )  # fmt: skip
    said = done.stderr.splitlines()
    assert f"{replay}:2: is a second reply to a sentence, and was passed over; the first one counts" in said
    assert any(
        line.startswith(f"{replay}:3: is no recorded reply (the file ends in the middle of it)")
        for line in said
    )
    assert done.returncode == 2
    assert any(json.loads(line)["rule"] == "ED001" for line in done.stdout.splitlines())


def test_a_replay_file_that_is_not_there_is_said_in_one_line(cleantext: Run, article: Path) -> None:
    done = cleantext("check", article, "--editor-replay", article.with_name("none.jsonl"))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "none.jsonl: cannot be read" in done.stderr
    assert "--editor-record" in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--editor-which", "all"],
        ["--editor-limit", "3"],
        ["--no-editor", "--editor-replay", "x.jsonl"],
        ["--editor-replay", "x.jsonl", "--editor-record", "y.jsonl"],
        ["--select", "editor"],
        ["--editor"],
    ],
)
def test_options_that_do_nothing_together_are_refused(
    cleantext: Run, article: Path, options: list[str]
) -> None:
    done = cleantext("check", article, "--isolated", *options)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "editor" in done.stderr


def test_a_configuration_beside_the_articles_cannot_name_a_server(cleantext: Run, article: Path) -> None:
    article.with_name("cleantext.toml").write_text(
        '[editor]\nenabled = true\nserver = "http://127.0.0.1:9/v1"\nmodel = "m"\n'
    )
    done = cleantext("check", article, "--select", "translation")
    assert done.returncode in (0, 1)
    assert '"editor.server": is not taken from a repository' in done.stderr
    asked = cleantext("check", article, "--editor")
    assert asked.returncode == 2
    assert "has no server" in asked.stderr


def test_an_article_in_another_language_is_not_asked_about() -> None:
    text = (
        "El consejo ha comprado una casa en la colina. Los vecinos no quieren la carretera en el parque, "
        "porque dicen que ya hay bastante tráfico en las calles de la ciudad.\n"
    )
    report = cleaner((text.strip(), text.strip().replace("una casa", "la casa"))).check(text)
    assert report.findings == ()
    assert report.editing is not None
    assert report.editing.asked == 0


def test_a_rejected_proposal_is_not_shown_again(cleantext: Run, article: Path) -> None:
    replay = recorded(article.with_name("replies.jsonl"), (TEXT.strip(), REPLY))
    options = ["--editor-replay", replay, "--editor-which", "all", "--editor-unit", "line"]

    def found() -> list[dict[str, Any]]:
        done = cleantext("check", article, "--select", "editor", *options, "--format", "jsonl")
        return [json.loads(line) for line in done.stdout.splitlines()]

    before = found()
    (proposal,) = [f for f in before if f["rule"] == "ED001"]
    done = cleantext("decisions", "add", "reject", proposal["fingerprint"], "--in", article, *options)
    assert done.returncode == 0, done.stderr
    after = found()
    assert [f for f in after if f["rule"] == "ED001"] == []
    assert len(after) == len(before) - 1


def test_the_sum_and_the_report_say_what_was_proposed_and_refused(cleantext: Run, article: Path) -> None:
    replay = recorded(article.with_name("replies.jsonl"), (TEXT.strip(), REPLY))
    options = [
        "--select", "editor", "--editor-replay", replay, "--editor-which", "all", "--editor-unit", "line",
    ]  # fmt: skip
    run = article.with_name("run.jsonl")
    done = cleantext("check", article, *options, "--record", run)
    assert "Model editor: 1 passages, 1 edits proposed, 1 refused (number 1)." in done.stdout
    page = article.with_name("report.html")
    made = cleantext("report", run, "--output", page)
    assert made.returncode == 0, made.stderr
    html = page.read_text("utf-8")
    assert "<h2>The model editor</h2>" in html
    assert "ED101 guard-number" in html
    assert "words mended a passage" in html


GARBLED = (
    "The council it has bought house of the hill and the neighbours they has said that the price it is too high "
    "for the the town.\n"
    "Of the mayor the office has gave to the press a explanation in the which it is said that the work of the bridge "
    "begins since the spring.\n"
)
MENDED = (
    "The council has bought the house on the hill and the neighbours have said that the price is too high "
    "for the the town.",
    "The office of the mayor gave the press an explanation in which it is said that the work on the bridge "
    "begins in the spring.",
)


def test_fix_says_the_quality_before_and_after_and_the_report_adds_it_up(
    cleantext: Run, tmp_path: Path
) -> None:
    path = tmp_path / "article.txt"
    path.write_text(GARBLED, "utf-8")
    replay = recorded(tmp_path / "replies.jsonl", *zip(GARBLED.splitlines(), MENDED, strict=True))
    options = [
        "--editor-replay", replay, "--editor-which", "all", "--editor-unit", "line", "--apply", "review",
    ]  # fmt: skip
    run, page = tmp_path / "run.jsonl", tmp_path / "report.html"
    done = cleantext(
        "fix", path, *options, "--format", "jsonl", "--output", tmp_path / "out.jsonl", "--record", run
    )
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))["cleantext"]
    before, after = told["quality"]["before"], told["quality"]["after"]
    assert told["editor"]["asked"] == 2
    assert after["garble"] < before["garble"]
    assert "editor" not in before["per_1000_words"]
    assert sum(after["per_1000_words"].values()) < sum(before["per_1000_words"].values())
    assert cleantext("report", run, "--output", page).returncode == 0
    html = page.read_text("utf-8")
    assert f"garble <b>{before['garble']:.2f}</b> before, <b>{after['garble']:.2f}</b> after" in html
    assert "findings per 1,000 words" in html


def test_without_the_editor_a_record_is_as_it_was(cleantext: Run, article: Path) -> None:
    done = cleantext("fix", article, "--format", "jsonl", "--output", article.with_name("out.jsonl"))
    assert done.returncode == 0, done.stderr
    told = json.loads(article.with_name("out.jsonl").read_text("utf-8"))
    assert set(told["cleantext"]) == {"applied", "left"}
