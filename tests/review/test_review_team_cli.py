"""A team on the command line: who is in, one after the other, in that name wherever one decides."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from review_corpus import Open
from test_review_cli import Shell

from cleantext.review import exchange, team
from cleantext.review.seats import Desk, seat
from cleantext.review.session import Session
from cleantext.review.store import Store
from cleantext.review.terminal import ask


@pytest.fixture
def shell(corpus: Path, rules: Path) -> Shell:
    return Shell(corpus, rules)


def people(shell: Shell) -> dict[str, dict[str, object]]:
    told = json.loads(shell("reviewers", "list", "--format", "json"))
    return {one["name"]: one for one in told["reviewers"]}


def test_people_are_added_shared_out_to_and_revoked(shell: Shell) -> None:
    assert "Anna, Ben" in shell("reviewers", "add", "Anna", "Ben", "--each", "1", "--by", "finding")
    shell("reviewers", "add", "Carla", "--adjudicator")
    shell("decisions", "add", "unsure", shell.fingerprint("b.txt", "teh"))  # reads the corpus
    asked = {name: one["asked"] for name, one in people(shell).items()}
    assert (asked["Carla"], people(shell)["Carla"]["adjudicates"]) == (0, True)
    assert asked["Anna"] + asked["Ben"] == 5  # type: ignore[operator]
    assert "5 findings" in shell("reviewers", "share", "--each", "2")
    assert "revoked: Ben" in shell("reviewers", "revoke", "Ben")
    assert people(shell)["Ben"]["revoked"]
    assert people(shell)["Ben"]["asked"] == 0
    assert "no reviewer Dora" in shell("reviewers", "revoke", "Dora", code=2)
    assert "needs a name" in shell("reviewers", "add", " ", code=2)
    assert "0 of 5 answered" in shell("reviewers", "list")


def test_a_decision_in_a_reviewers_name_is_his_opinion(shell: Shell) -> None:
    chosen = shell.fingerprint("b.txt", "teh")
    shell("decisions", "add", "unsure", chosen, "--who", "somebody")
    shell("decisions", "undo", "--last", "--who", "somebody")
    shell("reviewers", "add", "Anna", "Ben")
    before = len(shell.findings())
    shell("decisions", "add", "reject", chosen, "--who", "Anna")
    assert len(shell.findings()) == before, "Ben has not answered yet"
    shell("decisions", "add", "reject", chosen, "--who", "Ben")
    assert len(shell.findings()) == before - 1
    shell("decisions", "add", "accept", chosen, "--who", "Ben")
    assert len(shell.findings()) == before
    assert "1 disputed" in shell("reviewers", "list")
    assert [json.loads(row)["who"] for row in shell("log", "--format", "jsonl").splitlines()][:3] == [
        "Ben", "Ben", "Anna",
    ]  # fmt: skip


def test_spans_that_come_back_are_the_opinions_of_who_made_them(shell: Shell, tmp_path: Path) -> None:
    shell("reviewers", "add", "Anna", "Ben")
    out = tmp_path / "spans.jsonl"
    shell("spans", "export", "--to", "jsonl", "--output", str(out), ".")
    rows = [json.loads(row) for row in out.read_text("utf-8").splitlines()]
    for row in rows:
        for span in row["spans"]:
            span["verdict"] = "reject"
    out.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    count = sum(len(row["spans"]) for row in rows)
    assert count
    before = len(shell.findings())
    assert f"{count} decisions taken in" in shell(
        "spans", "import", "--from", "jsonl", "--who", "Anna", str(out)
    )
    assert len(shell.findings()) == before
    shell("spans", "import", "--from", "jsonl", "--who", "Ben", str(out))
    assert len(shell.findings()) == before - count


def test_opinions_travel_in_the_copy(shell: Shell, tmp_path: Path) -> None:
    chosen = shell.fingerprint("b.txt", "teh")
    shell("decisions", "add", "unsure", chosen)
    shell("decisions", "undo", "--last")
    shell("reviewers", "add", "Anna", "Ben")
    shell("decisions", "add", "accept", chosen, "--who", "Anna")
    shell("decisions", "add", "reject", chosen, "--who", "Ben")
    copy = tmp_path / "copy.jsonl"
    shell("decisions", "export", "-o", str(copy))
    store = Store(tmp_path / "other" / "review.db")
    with store:
        store.add(exchange.read(copy))
        assert sorted((e.who, e.verdict, e.asked) for e in store.events() if e.asked) == [
            ("Anna", "accept", 2), ("Ben", "reject", 2),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--share"], "--share --reviewer Anna --reviewer Ben"),
        (["--share", "--who", "anna"], "each person needs a name"),
        (["--reviewer", "Anna", "--reviewer", "Ben"], "several at once:  --share"),
        (["--reviewer", "Anna", "--who", "Ben"], "not both"),
        (["--host", "127.0.0.2"], "go with --share"),
        (["--share", "--reviewer", "Anna", "--key", "x"], "--key goes with --certificate"),
        (["--share", "--terminal", "--reviewer", "Anna"], "--share serves pages"),
    ],
)
def test_options_that_do_not_go_together_are_said(shell: Shell, options: list[str], said: str) -> None:
    assert said in shell("review", "--no-browser", *options, ".", code=2)


def test_one_after_the_other_at_the_prompt(open_session: Open) -> None:
    whole = open_session(who="operator")
    for name in ("Anna", "Ben"):
        team.add(whole.store, name)

    def sits(name: str, keys: str) -> str:
        out = io.StringIO()
        pressed = iter(keys)
        with seat(whole.store.path, name) as store:
            assert isinstance(store, Desk)
            session = Session(store, whole.cleaner, who=name, scan=whole.scan)
            ask(session, colour=False, key=lambda: next(pressed), line=lambda _: "", out=out)
        return out.getvalue()

    assert "0 of 5 decided" in sits("Anna", "aaaaa")
    second = sits("Ben", "arara")
    assert "0 of 5 decided" in second, "he is asked all that she was asked"
    assert "Nothing left to decide" in second
    assert team.disputed(whole.store) == 2
    assert len(whole.store.items("f.state = 'accepted'")) == 3


def test_the_team_costs_whoever_has_none_nothing_at_the_start() -> None:
    code = (
        "import sys; from cleantext.cli import main\n"
        "sys.argv = ['cleantext', 'check', '--help']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "sys.stderr.write(str([m for m in sys.modules if m in ('ssl', 'cleantext.review.team', 'starlette')]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.endswith("[]")
