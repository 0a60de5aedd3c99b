"""Decisions on the command line: made, honoured, listed, carried from machine to machine, taken back."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from review_corpus import ARTICLES, RULES


class Shell:
    """Runs cleantext in a folder."""

    def __init__(self, folder: Path, rules: Path) -> None:
        self.folder, self.rules = folder, rules
        (rules.parent / ".git").mkdir(exist_ok=True)  # the rules are the same repository's
        (folder / "cleantext.toml").write_text(f'rules = ["{rules}"]\nselect = ["TST"]\n')

    def __call__(self, *arguments: str, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-c", "from cleantext.cli import main; main()", *arguments],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def findings(self, *options: str) -> list[dict[str, str]]:
        out = self("check", "--format", "jsonl", "--exit-zero", "--quiet", *options, ".")
        return [json.loads(row) for row in out.splitlines() if row.startswith("{")]

    def fingerprint(self, path: str, text: str) -> str:
        return next(f["fingerprint"] for f in self.findings() if f["path"] == path and f["text"] == text)


@pytest.fixture
def shell(corpus: Path, rules: Path) -> Shell:
    return Shell(corpus, rules)


def test_a_rejected_finding_is_silent_until_it_is_asked_for(shell: Shell) -> None:
    before = len(shell.findings())
    shell("decisions", "add", "reject", shell.fingerprint("b.txt", "teh"))
    assert len(shell.findings()) == before - 1
    assert len(shell.findings("--show-rejected")) == before
    assert len(shell.findings("--isolated", "--rules", str(shell.rules), "--select", "TST")) == before


def test_an_accepted_fix_is_applied_and_undone_byte_for_byte(shell: Shell) -> None:
    shell("decisions", "add", "accept", shell.fingerprint("a.txt", "Share"), "--reason", "a button")
    shell("fix", "--quiet", ".")
    text = (shell.folder / "a.txt").read_text("utf-8")
    assert text == "Teh mayor opened teh bridge on Monday, they say.\n\nMr Nobody cut the ribbon.\n"
    log = shell("log")
    assert "changed  a.txt: TST002, TST004" in log
    assert "accept  TST002 “Share”" in log
    assert "(a button)" in log
    shell("undo", ".")
    assert (shell.folder / "a.txt").read_text("utf-8") == ARTICLES["a.txt"]


def test_workers_honour_decisions_too(shell: Shell) -> None:
    shell("decisions", "add", "reject", shell.fingerprint("a.txt", ",,"))
    shell("fix", "--quiet", "--jobs", "2", ".")
    assert (shell.folder / "a.txt").read_text("utf-8") == ARTICLES["a.txt"]


def test_the_log_is_narrowed_by_rule_person_and_file(shell: Shell) -> None:
    shell("decisions", "add", "accept", shell.fingerprint("a.txt", "Share"), "--who", "anna")
    shell("decisions", "add", "reject", shell.fingerprint("b.txt", "teh"), "--who", "ben")

    def who(*options: str) -> list[str]:
        rows = shell("log", "--format", "jsonl", *options).splitlines()
        return [json.loads(row)["who"] for row in rows]

    assert who() == ["ben", "anna"]
    assert who("--rule", "TST002") == ["anna"]
    assert who("--who", "ben") == ["ben"]
    assert who("a.txt") == ["anna"]
    assert who("-n", "1") == ["ben"]


def test_decisions_travel_as_a_copy_in_git(shell: Shell, tmp_path: Path, rules: Path) -> None:
    shell("decisions", "add", "reject", shell.fingerprint("b.txt", "teh"))
    assert "1 event" in shell("decisions", "export")
    assert (shell.folder / ".cleantext" / ".gitignore").read_text() == "review.db*\n"
    clone = tmp_path / "clone"
    shutil.copytree(shell.folder, clone, ignore=shutil.ignore_patterns("review.db*"))
    there = Shell(clone, rules)
    assert len(there.findings()) == len(shell.findings()) == len(there.findings("--show-rejected")) - 1


def test_the_copy_that_is_committed_follows_what_scripts_decide(shell: Shell, tmp_path: Path) -> None:
    chosen = shell.fingerprint("b.txt", "teh")
    assert "reject for 1 finding, in" in shell("decisions", "add", "reject", chosen)
    shell("decisions", "export")
    copy = shell.folder / ".cleantext" / "decisions.jsonl"
    shell("decisions", "add", "reject", shell.fingerprint("a.txt", "Share"))
    lines = copy.read_text("utf-8").splitlines()
    assert [json.loads(line)["match"] for line in lines] == ["Share", "teh"]
    theirs = tmp_path / "theirs.jsonl"
    theirs.write_text(lines[0].replace(json.loads(lines[0])["uid"], "f" * 16) + "\n", "utf-8")
    shell("decisions", "import", str(theirs))
    assert copy.read_text("utf-8").count("\n") == 3
    shell("decisions", "undo", "--last")
    assert copy.read_text("utf-8").count("\n") == 4


def test_an_import_names_contradictions_and_the_later_decision_stands(shell: Shell, tmp_path: Path) -> None:
    chosen = shell.fingerprint("b.txt", "teh")
    shell("decisions", "add", "reject", chosen, "--who", "anna")
    copy = tmp_path / "theirs.jsonl"
    shell("decisions", "export", "-o", str(copy))
    event = json.loads(copy.read_text())
    event |= {"uid": "f" * 16, "who": "ben", "verdict": "accept", "when": "2999-01-01T00:00:00.000000+00:00"}
    copy.write_text(json.dumps(event) + "\n")
    out = shell("decisions", "import", str(copy))
    assert "anna said reject, ben accept; the later stands (accept)" in out
    assert "1 new, 1 contradicting" in out
    assert "0 new" in shell("decisions", "import", str(copy))
    assert "accept" in shell("decisions", "list", "--all")


def test_a_decision_is_taken_back_by_name(shell: Shell) -> None:
    shell("decisions", "add", "reject", shell.fingerprint("b.txt", "teh"))
    uid = json.loads(shell("log", "--format", "jsonl"))["decision"]
    assert "1 undone" in shell("decisions", "undo", uid)
    assert "0 decisions" in shell("decisions", "list")
    shell("decisions", "undo", "nothing", code=2)


def test_the_latest_is_one_whose_finding_is_still_there(shell: Shell) -> None:
    shell("decisions", "add", "unsure", shell.fingerprint("a.txt", "Share"))
    shell("decisions", "add", "reject", shell.fingerprint("b.txt", "teh"))
    (shell.folder / "b.txt").write_text("It is mended.\n", "utf-8")
    shell("decisions", "add", "reject", "gone", code=2)  # reads the corpus anew
    assert "1 undone" in shell("decisions", "undo", "--last")
    assert "TST001   1 reject" in shell("decisions", "list")
    said = shell("decisions", "undo", "--last")
    assert "nothing of yours to undo: what was decided was written, or its finding is gone" in said
    assert "0 undone" in said
    assert "1 decision" in shell("decisions", "list")


def test_stale_decisions_are_named_and_pruned_on_request(shell: Shell) -> None:
    shell(
        "decisions", "add", "reject", shell.fingerprint("b.txt", "teh"), shell.fingerprint("a.txt", "Share")
    )
    shell("decisions", "export")
    shell.rules.write_text(RULES.replace(r"'\bteh\b'", r"'\b[t]eh\b'"), "utf-8")
    (shell.folder / "a.txt").unlink()
    out = shell("decisions", "prune")
    assert "its rule has changed" in out
    assert "its article is gone" in out
    assert "2 of 2 decisions could go" in out
    assert "2 of 2 decisions taken out" in shell("decisions", "prune", "--yes")
    assert "0 decisions" in shell("decisions", "list")


def test_trust_makes_a_rule_safe_and_rules_show_says_why(shell: Shell) -> None:
    text = "\n\n".join(f"Line {n} of word{n} has teh word{n + 1} in it." for n in range(30)) + "\n"
    (shell.folder / "long.txt").write_text(text, "utf-8")
    config = shell.folder / "cleantext.toml"
    config.write_text(config.read_text() + "[review]\ntrust = {lower-bound = 0.9, min-decisions = 29}\n")
    prints = [f["fingerprint"] for f in shell.findings() if f["path"] == "long.txt"]
    shell("decisions", "add", "accept", *prints[:28])
    assert {f["applicability"] for f in shell.findings() if f["rule"] == "TST001"} == {"review"}
    shell("decisions", "add", "accept", prints[28])
    assert {f["applicability"] for f in shell.findings() if f["rule"] == "TST001"} == {"safe"}
    assert "Promoted to safe: 29 of the latest 29" in shell(
        "rules", "show", "TST001", "--rules", str(shell.rules)
    )
    shell("decisions", "add", "reject", prints[29])
    assert {f["applicability"] for f in shell.findings() if f["rule"] == "TST001"} == {"review"}


def test_a_rejection_teaches_its_rule(shell: Shell) -> None:
    chosen = shell.fingerprint("b.txt", "teh")
    shell("rules", "add-near-miss", chosen, code=2)
    shell("decisions", "add", "reject", chosen)
    assert "Nothing written" in shell("rules", "add-near-miss", chosen, code=1)
    assert "silences 1 finding: 1 rejected" in shell("rules", "add-near-miss", chosen, "--yes")
    assert [f["text"] for f in shell.findings("--show-rejected") if f["path"] == "b.txt"] == ["teh"]


def test_a_store_of_ones_own_choice(shell: Shell, tmp_path: Path) -> None:
    store = str(tmp_path / "elsewhere.db")
    before = len(shell.findings())
    shell("decisions", "add", "reject", shell.fingerprint("b.txt", "teh"), "--store", store)
    assert not (shell.folder / ".cleantext").exists()
    assert len(shell.findings()) == before
    assert "no review store" in shell("check", "--store", str(tmp_path / "none.db"), ".", code=2)


def test_wrong_use_says_what_to_do(shell: Shell) -> None:
    assert 'not "maybe"' in shell("decisions", "add", "maybe", "x", code=2)
    assert "cleantext review PATH" in shell("decisions", "list", code=2)
    assert "no finding ffff" in shell("decisions", "add", "accept", "ffff", code=2)
    assert "name a file" in shell("review", "-", code=2)


def test_a_review_of_nothing_says_so_and_opens_no_page(shell: Shell) -> None:
    (shell.folder / "nothing.jsonl").write_text("\n")
    for name in ("nothing.jsonl", "missing.txt"):
        told = shell("review", "--no-browser", name, code=2)
        assert "no article was read, so there is nothing to review. Name files or directories" in told
        assert "http://" not in told


def test_a_page_that_cannot_be_is_said_before_anything_is_read(shell: Shell) -> None:
    without = (
        "import importlib.util as u; find = u.find_spec;"
        "u.find_spec = lambda name, *rest: None if name == 'uvicorn' else find(name, *rest);"
        "from cleantext.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", without, "review", "--no-browser", "missing.txt"],
        cwd=shell.folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("cleantext: the page needs more packages (uvicorn). Install them:")
    assert "missing.txt" not in done.stderr
    assert not (shell.folder / ".cleantext").exists()


def test_a_record_that_cannot_be_read_is_named_with_its_line(shell: Shell) -> None:
    (shell.folder / "mixed.jsonl").write_text('{"text": "It rains."}\n{"text": 5}\n')
    told = shell("decisions", "add", "reject", "none", "--in", "mixed.jsonl", code=2)
    assert "mixed.jsonl:2: the record has a number" in told
