"""What a newcomer trips over on the command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleantext.batch.inputs import Input, inputs, is_own_output
from cleantext.rulefiles import rules_dir

TEXT = "The cafÃ© stays open.\n"


def run(*words: str | Path, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "cleantext", *map(str, words)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, cwd=cwd)


def test_check_without_a_path_checks_the_folder_one_is_in(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    done = run("check", "--format", "jsonl", cwd=tmp_path)
    assert [json.loads(line)["path"] for line in done.stdout.splitlines()] == ["a.txt"]


def test_standard_input_takes_kind_and_name_from_its_file_name(tmp_path: Path) -> None:
    page = "The cafÃ© is open.\n\n```\ncafÃ©\n```\n".encode()
    done = run("fix", "-", "--stdin-filename", "docs/page.md", cwd=tmp_path, stdin=page)
    assert done.stdout.decode() == "The café is open.\n\n```\ncafÃ©\n```\n"
    done = run(
        "check", "-", "--stdin-filename", "docs/page.md", "--format", "jsonl", cwd=tmp_path, stdin=page
    )
    assert {json.loads(line)["path"] for line in done.stdout.splitlines()} == {"docs/page.md"}
    table = b"id,text\n1,caf\xc3\x83\xc2\xa9 is open\n"
    done = run("fix", "-", "--stdin-filename", "a.csv", cwd=tmp_path, stdin=table)
    assert done.stdout.decode() == "id,text\n1,café is open\n"


def test_the_configuration_beside_the_named_file_counts_for_standard_input(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "cleantext.toml").write_text('ignore = ["EN"]\n')
    words = ["check", "-", "--format", "jsonl", "--stdin-filename"]
    assert run(*words, "site/a.txt", cwd=tmp_path, stdin=TEXT.encode()).stdout == b""
    assert run(*words, "a.txt", cwd=tmp_path, stdin=TEXT.encode()).stdout != b""


def test_statistics_come_as_json_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT * 2, "utf-8")
    done = run("check", "a.txt", "--statistics", "--format", "json", cwd=tmp_path)
    counted = json.loads(done.stdout)
    assert (counted["articles"], counted["flagged"], counted["errors"]) == (1, 1, [])
    en = next(row for row in counted["statistics"] if row["rule"] == "EN001")
    assert en == {"rule": "EN001", "name": "mojibake", "applicability": en["applicability"], "count": 2}
    lines = run("check", "a.txt", "--statistics", "--format", "jsonl", cwd=tmp_path).stdout.splitlines()
    assert list(map(json.loads, lines)) == counted["statistics"]
    refused = run("check", "a.txt", "--statistics", "--format", "sarif", cwd=tmp_path)
    assert (refused.returncode, b"--statistics goes with" in refused.stderr) == (2, True)


def test_a_shipped_rule_file_can_be_tested_by_its_name(tmp_path: Path) -> None:
    file = next(p for p in sorted((rules_dir() / "encoding").glob("*.toml")) if b"[[rule]]" in p.read_bytes())
    done = run("rules", "test", file, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not done.stdout.startswith(b"0 rules")


def test_rules_are_listed_as_json(tmp_path: Path) -> None:
    rows = json.loads(run("rules", "list", "--format", "json", "--select", "encoding", cwd=tmp_path).stdout)
    assert {row["category"] for row in rows} == {"encoding"}
    assert all(row["summary"] and 0 <= row["confidence"]["garbled"] <= 1 for row in rows)


def test_no_page_is_suggested_for_standard_input(tmp_path: Path) -> None:
    text = b"The mayor has resigned, Reuters he reported.\n"
    done = run("check", "-", cwd=tmp_path, stdin=text)
    assert done.returncode == 1
    assert b"cleantext review" not in done.stdout
    (tmp_path / "a.txt").write_bytes(text)
    assert b"cleantext review a.txt" in run("check", "a.txt", cwd=tmp_path).stdout


def test_fix_says_what_it_wrote_where(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    done = run("fix", "a.txt", "--output", "b.txt", cwd=tmp_path)
    assert done.stderr.decode().splitlines()[-1] == "1 article written to b.txt, 1 changed."
    assert run("fix", "a.txt", "--output", "b.txt", "--quiet", cwd=tmp_path).stderr == b""


PAGE = (
    "Share this article\n\n"
    + "The council of the town has met on Monday and voted for a new bridge. " * 6
    + "\n\nmore news\n"
)


def test_reasons_are_words_and_their_weights_are_for_those_who_ask(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    words = ["check", "a.txt", "--select", "BP", "--min-confidence", "0"]
    plain = run(*words, cwd=tmp_path).stdout.decode()
    explained = run(*words, "--explain", cwd=tmp_path).stdout.decode()
    weight = __import__("re").compile(r"\([+-]\d\.\d\)")
    assert weight.search(explained)
    assert not weight.search(plain)
    assert "like lines of page furniture: " in " ".join(plain.split())


def test_sarif_messages_are_sentences_and_rules_bring_help(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE + TEXT, "utf-8")
    done = run("check", "a.txt", "--format", "sarif", "--min-confidence", "0", cwd=tmp_path)
    (ran,) = json.loads(done.stdout)["runs"]
    for rule in ran["tool"]["driver"]["rules"]:
        assert rule["defaultConfiguration"]["level"] in ("warning", "note")
        assert f"cleantext rules show {rule['id']}" in rule["help"]["text"]
    joined = [r["message"]["text"] for r in ran["results"] if " Because: " in r["message"]["text"]]
    assert joined
    for message in joined:
        said, why = message.split(" Because: ", 1)
        assert said.endswith((".", "!", "?"))
        assert why.endswith(".")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_run_that_is_stopped_says_how_to_go_on(tmp_path: Path) -> None:
    with (tmp_path / "a.jsonl").open("w", encoding="utf-8") as file:
        for number in range(20_000):
            file.write(json.dumps({"id": str(number), "text": f"{PAGE} {number} {TEXT}"}) + "\n")
    command = [
        sys.executable,
        "-m",
        "cleantext",
        "check",
        "a.jsonl",
        "--format",
        "jsonl",
        "--output",
        "out.jsonl",
    ]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE) as process:
        until = time.monotonic() + 60
        while not (tmp_path / ".out.jsonl.cleantext-part").exists() and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"--resume" in said


def test_each_file_has_the_configuration_nearest_to_it_in_whatever_order_it_is_named(tmp_path: Path) -> None:
    for name in ("a", "a/deep", "a/deep/er", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text(TEXT, "utf-8")
        (tmp_path / name / "x.jsonl").write_text(json.dumps({"body": TEXT, "text": "Dry."}) + "\n", "utf-8")
    (tmp_path / "a" / "cleantext.toml").write_text('ignore = ["EN"]\n[fields]\ntext = "body"\n')
    (tmp_path / "a" / "deep" / "er" / "cleantext.toml").write_text(
        'exclude = ["*.txt"]\n[fields]\ntext = "body"\n'
    )
    wanted = {"a/deep/er/x.jsonl", "b/x.txt"}
    for paths in (["a", "b"], ["b", "a"], ["."], ["*/**/x.*"], ["b/x.txt", "b/x.jsonl", "a"]):
        for jobs in ("1", "2"):
            done = run("check", *paths, "--format", "jsonl", "--jobs", jobs, cwd=tmp_path)
            assert done.stderr == b""
            found = [json.loads(line) for line in done.stdout.splitlines()]
            shown = {row["path"] for row in found}
            assert shown - {"a/deep/er/x.txt"} == wanted, (paths, shown)
            assert ("a/deep/er/x.txt" in shown) == ("*/**/x.*" in paths)  # what is named is not excluded
            assert {row["rule"] for row in found} == {"EN001"}


def test_fix_changes_each_file_as_the_configuration_nearest_to_it_says(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a" / "cleantext.toml").write_text('ignore = ["EN"]\n')
    (tmp_path / "b" / "x.jsonl").write_text(json.dumps({"body": TEXT}) + "\n", "utf-8")
    (tmp_path / "b" / "cleantext.toml").write_text('[fields]\ntext = "body"\n')
    assert run("fix", "a", "b", cwd=tmp_path).returncode == 0
    assert (tmp_path / "a" / "x.txt").read_text("utf-8") == TEXT
    assert (tmp_path / "b" / "x.txt").read_text("utf-8") == "The café stays open.\n"
    assert json.loads((tmp_path / "b" / "x.jsonl").read_text("utf-8"))["body"] == "The café stays open.\n"
    printed = run("fix", "a", "b", "--format", "jsonl", cwd=tmp_path).stdout.splitlines()
    assert len(printed) == 3


def test_a_command_with_one_configuration_for_all_says_which_does_not_count(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a" / "cleantext.toml").write_text('ignore = ["EN"]\n')
    for paths in (["a", "b"], ["b", "a"]):
        done = run("index", *paths, cwd=tmp_path)
        assert b"reads one configuration for all paths" in done.stderr
        assert b"/a does not count" in done.stderr
    assert b"does not count" not in run("index", "a/x.txt", "a", cwd=tmp_path).stderr


COMPLETIONS = {
    "bash": {"COMP_WORDS": "cleantext {}", "COMP_CWORD": "{n}"},
    "zsh": {"_TYPER_COMPLETE_ARGS": "cleantext {}"},
    "fish": {"_TYPER_COMPLETE_ARGS": "cleantext {}", "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
}


@pytest.mark.parametrize("shell", list(COMPLETIONS))
@pytest.mark.parametrize(
    ("begun", "wanted"),
    [
        ("ch", ["check"]),
        ("check --form", ["--format"]),
        ("check --format s", ["sarif"]),
        ("fix --apply ", ["safe", "review"]),
        ("rules ", ["list", "show", "test"]),
        ("schema check-", ["check-json", "check-jsonl"]),
    ],
)
def test_shells_complete_commands_options_and_values(
    tmp_path: Path, shell: str, begun: str, wanted: list[str]
) -> None:
    said = {
        key: value.format(begun, n=len(begun.split(" "))) if "{n}" in value else value.format(begun)
        for key, value in COMPLETIONS[shell].items()
    }
    program = "import sys; sys.argv = ['cleantext']; from cleantext.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, **said, "_CLEANTEXT_COMPLETE": f"complete_{shell}"},
    )
    shown = done.stdout.decode()
    assert [word for word in wanted if word not in shown] == [], (shown, done.stderr)
    assert "Traceback" not in done.stderr.decode()


def test_align_reads_the_configured_fields_and_writes_a_file(tmp_path: Path) -> None:
    row = {"body": "The bridge stays open.", "source": "Die Brücke bleibt offen."}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    (tmp_path / "cleantext.toml").write_text('[fields]\ntext = "body"\noriginal = "source"\n')
    done = run("align", "a.jsonl", "--format", "jsonl", "--output", "out.jsonl", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    (line,) = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["text"][0]["text"] == "The bridge stays open."


def test_texts_written_to_json_lines_are_lines(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    done = run("fix", "a.txt", "b.txt", "--output", "clean.jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (tmp_path / "clean.jsonl").read_text("utf-8").splitlines()]
    assert [(row["path"], row["text"]) for row in rows] == [
        (name, "The café stays open.\n") for name in ("a.txt", "b.txt")
    ]


def test_what_cleantext_wrote_into_a_folder_is_no_part_of_its_corpus(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "own.jsonl").write_text(json.dumps({"path": "x", "text": TEXT}) + "\n", "utf-8")
    words = ["check", ".", "--format", "jsonl"]
    first = run(*words, cwd=tmp_path).stdout
    assert run(*words, "--output", "findings.jsonl", "--record", "run.jsonl", cwd=tmp_path).returncode == 1
    told = run("check", "--baseline", "base.jsonl", "--update-baseline", "a.txt", cwd=tmp_path).stderr
    assert b"cleantext check --baseline base.jsonl a.txt" in told
    again = run(*words, cwd=tmp_path)
    assert (again.stdout, again.returncode) == (first, 1)
    assert b'"own.jsonl"' in first
    assert run("check", "findings.jsonl", cwd=tmp_path).returncode == 1  # named, it is read


@pytest.mark.parametrize(
    "words",
    [
        "check . --format jsonl",
        "check . --format json",
        "check clean.txt --format json",
        "check empty --format json",
        "check . --statistics --format json",
        "check . --statistics --format jsonl",
        "check broken.csv --format jsonl",
        "quotes . --format jsonl",
        "align pair.jsonl --format jsonl",
    ],
)
def test_what_is_printed_is_known_again_and_written_anew(tmp_path: Path, words: str) -> None:
    (tmp_path / "a.txt").write_text(f'{TEXT}"It stays," said Ann Lee, the mayor.\n', "utf-8")
    (tmp_path / "clean.txt").write_text("It is open.\n", "utf-8")
    (tmp_path / "broken.csv").write_text("id,body\n1,x\n", "utf-8")
    (tmp_path / "pair.jsonl").write_text('{"text": "It is open.", "original": "Es ist offen."}\n', "utf-8")
    (tmp_path / "empty").mkdir()
    place = tmp_path / ("own.json" if words.endswith("json") else "own.jsonl")
    for _ in range(2):
        run(*words.split(), "--output", place.name, cwd=tmp_path)
        assert is_own_output(str(place))
    read = [item.name for item in inputs([str(tmp_path)]) if isinstance(item, Input)]
    assert str(place) not in read
    assert str(tmp_path / "a.txt") in read


@pytest.mark.parametrize(
    "line",
    [
        '{"path":"x","text":"The bridge stays open."}',
        '{"path":"x","id":"1","text":"A rule.","rule":"r","applicability":"safe"}',
        '{"path":"x","id":"1","original":"Es ist offen.","text":"It is open."}',
        '{"articles":[{"path":"x","id":"1","text":"It is open."}]}',
        '{"path":"x","line":"1","error":"It is open."}',
        '{"rule":"r","name":"n","text":"It is open."}',
    ],
)
def test_a_record_with_a_path_is_somebody_elses_and_is_not_written_over(tmp_path: Path, line: str) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text(line + "\n", "utf-8")
    done = run("check", ".", "--format", "jsonl", "--output", "own.jsonl", cwd=tmp_path)
    assert (done.returncode, own.read_text("utf-8")) == (2, line + "\n")
    assert b"would be written over" in done.stderr


@pytest.mark.parametrize("words", ["report a.txt -o a.txt", "report a.txt --json a.txt", "report . -o a.txt"])
def test_a_report_is_not_written_over_what_it_is_about(tmp_path: Path, words: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    done = run(*words.split(), cwd=tmp_path)
    assert (done.returncode, (tmp_path / "a.txt").read_text("utf-8")) == (2, TEXT)
    assert b"is also an input" in done.stderr


def test_a_report_is_written_anew_and_is_no_part_of_its_corpus(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    for _ in range(2):
        assert run("report", ".", "--json", "numbers.json", cwd=tmp_path).returncode == 0
    assert is_own_output(str(tmp_path / "numbers.json"))
    assert is_own_output(str(tmp_path / "cleantext-report.html"))


@pytest.mark.parametrize("command", ["check", "fix"])
def test_replies_of_a_model_are_not_added_to_an_article(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    server = ["--editor", "--editor-server", "http://127.0.0.1:9/v1", "--editor-record", "a.txt"]
    done = run(command, "a.txt", *server, cwd=tmp_path)
    assert (done.returncode, (tmp_path / "a.txt").read_text("utf-8")) == (2, TEXT)
    assert b"is also an input" in done.stderr


@pytest.mark.parametrize("words", ["check a.txt", "check b.txt", "check ."])
def test_a_baseline_is_written_over_a_baseline_alone(tmp_path: Path, words: str) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    done = run(*words.split(), "--baseline", "b.txt", "--update-baseline", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "b.txt").read_text("utf-8")) == (2, TEXT)
    assert b"b.txt: is no baseline, and would be written over" in done.stderr
    for _ in range(2):
        named = ["--baseline", "base.jsonl", "--update-baseline"]
        assert run(*words.split(), *named, cwd=tmp_path).returncode == 0


def test_pages_that_are_passed_over_in_place_are_said_to_be(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_text("<p>x</p>")
    done = run("fix", ".", cwd=tmp_path)
    assert b"--output DIRECTORY/" in done.stderr


def test_fix_counts_what_it_applied_and_what_it_left(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT + "The talks failed, Reuters he reported.\n", "utf-8")
    apart = run("fix", "a.txt", "--output", "out/", "--statistics", "--jobs", "2", cwd=tmp_path)
    rows = [row.split()[:4] for row in apart.stdout.decode().splitlines()]
    assert rows[0] == ["applied", "left"]
    assert ["1", "0", "EN001", "mojibake"] in rows
    assert ["0", "1", "MT021", "agency-stray-pronoun"] in rows
    shown = run("fix", "-", "--statistics", cwd=tmp_path, stdin=TEXT.encode())
    assert shown.stdout == "The café stays open.\n".encode()
    assert b"EN001" in shown.stderr
    assert run("fix", "-", "--statistics", cwd=tmp_path, stdin=b"It is open.\n").stderr == b""


def test_a_quotation_of_a_record_says_which_record_it_is(tmp_path: Path) -> None:
    said = '"It stays open," said Ann Lee, the mayor.'
    rows = [{"id": "n1", "text": "It rains."}, {"id": "n2", "text": said}, {"text": said}]
    (tmp_path / "n.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (tmp_path / "a.txt").write_text(said, "utf-8")
    told = run("quotes", "n.jsonl", "a.txt", cwd=tmp_path).stdout.decode().splitlines()
    assert [row.split("  ")[0] for row in told] == ["n.jsonl:2 (n2) at 1:1", "n.jsonl:3 at 1:1", "a.txt:1:1"]


def test_exit_zero_lets_a_commit_pass_that_was_mended(tmp_path: Path) -> None:
    for words, code in ((["--exit-nonzero-on-fix"], 1), (["--exit-nonzero-on-fix", "--exit-zero"], 0)):
        (tmp_path / "a.txt").write_text(TEXT, "utf-8")
        assert run("fix", "a.txt", *words, cwd=tmp_path).returncode == code
        assert (tmp_path / "a.txt").read_text("utf-8") == "The café stays open.\n"
    assert run("fix", "none.txt", "--exit-zero", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize("width", [60, 80, 110, 160])
@pytest.mark.parametrize("name", ["check", "fix", "review", "quotes", "report"])
def test_help_names_every_option_whole_at_any_width(tmp_path: Path, name: str, width: int) -> None:
    from importlib import import_module

    import typer.main

    from cleantext.cli.app import app

    import_module(f"cleantext.cli.{name}")
    root = typer.main.get_command(app)
    params = root.commands[name].params  # type: ignore[attr-defined]
    options = [
        option for param in params for option in (*param.opts, *param.secondary_opts) if option[0] == "-"
    ]
    done = subprocess.run(
        [sys.executable, "-m", "cleantext", name, "--help"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": str(width), "NO_COLOR": "1"},
    )
    words = set(done.stdout.decode().replace(",", " ").replace("/", " ").replace("[", " ").split())
    assert [option for option in options if option not in words] == []


def test_what_is_said_of_standard_input_has_it_read_where_no_path_is_named(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("They met in the the town.\n", "utf-8")
    done = run(
        "check",
        "--stdin-filename",
        "a.md",
        "--format",
        "jsonl",
        cwd=tmp_path,
        stdin=b"We know the the way.\n",
    )
    assert b"other.txt" not in done.stdout
    assert b"We know" not in done.stderr
    done = run("check", "--stdin-format", "text", cwd=tmp_path, stdin=b"Nothing is wrong here.\n")
    assert (done.returncode, b"other.txt" in done.stdout) == (0, False)


def test_a_report_is_not_written_to_a_file_called_dash(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("They met in the the town.\n", "utf-8")
    for option in ("--json", "--output"):
        done = run("report", "a.txt", option, "-", cwd=tmp_path)
        assert done.returncode == 2
        assert b"written to a file" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt"]


def test_an_unknown_key_of_a_per_file_table_names_its_own(tmp_path: Path) -> None:
    (tmp_path / "cleantext.toml").write_text('[[per-file]]\npath = ["*"]\nignore = ["MT"]\n', "utf-8")
    (tmp_path / "a.txt").write_text("They met.\n", "utf-8")
    done = run("check", "a.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert b'Did you mean "paths"?' in done.stderr


def test_standard_input_looks_for_no_configuration_below(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "cleantext.toml").write_text("no-such-key = 1\n", "utf-8")
    assert run("check", "-", cwd=tmp_path, stdin=b"Nothing is wrong here.\n").returncode == 0
