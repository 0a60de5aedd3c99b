"""The command line as other programs and people rely on it."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from timing import assert_cost

Run = Callable[..., subprocess.CompletedProcess[str]]


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_clean_text_exits_with_0_and_findings_with_1(cleantext: Run, tmp_path: Path) -> None:
    clean, dirty = tmp_path / "clean.txt", tmp_path / "dirty.txt"
    clean.write_text("The parliament met on Monday and adopted the budget for the coming year.\n")
    dirty.write_text("The parlia\u00adment met.\n")
    assert cleantext("check", clean).returncode == 0
    assert cleantext("check", dirty).returncode == 1
    assert cleantext("check", dirty, "--exit-zero").returncode == 0


def test_records_hold_what_the_contract_promises(cleantext: Run, seeds: Path) -> None:
    path = seeds / "004_6247aee51db59cad.txt"
    text = path.read_bytes().decode()
    done = cleantext("check", "--format", "jsonl", path)
    assert done.returncode == 1
    found = lines(done.stdout)
    assert found
    for record in found:
        assert record["text"] == text[record["start"] : record["end"]]  # type: ignore[misc]
        assert record["path"] == str(path)
        assert set(record) >= {
            "rule",
            "name",
            "category",
            "line",
            "column",
            "message",
            "applicability",
            "fixes",
        }
    assert [r["start"] for r in found] == sorted(r["start"] for r in found)  # type: ignore[type-var]


def test_json_gives_quality(cleantext: Run, seeds: Path) -> None:
    done = cleantext("check", "--format", "json", seeds)
    report = json.loads(done.stdout)
    assert len(report["articles"]) == 2
    assert 0 <= report["articles"][0]["quality"]["garble"] <= 1
    assert report["errors"] == []


def test_fix_then_undo_gives_every_byte_back(cleantext: Run, seeds: Path) -> None:
    before = {path: path.read_bytes() for path in seeds.iterdir() if path.is_file()}
    assert cleantext("fix", seeds).returncode == 0
    after = {path: path.read_bytes() for path in before}
    assert after != before
    again = cleantext("fix", seeds)
    assert again.returncode == 0
    assert {path: path.read_bytes() for path in before} == after
    assert cleantext("undo", seeds).returncode == 0
    assert {path: path.read_bytes() for path in before} == before


def test_diff_writes_nothing(cleantext: Run, seeds: Path) -> None:
    before = {path: path.read_bytes() for path in seeds.iterdir() if path.is_file()}
    done = cleantext("fix", "--diff", seeds)
    assert "-Share" in done.stdout
    assert {path: path.read_bytes() for path in seeds.iterdir() if path.is_file()} == before


def test_check_never_writes(cleantext: Run, seeds: Path) -> None:
    before = sorted((p.name, p.stat().st_mtime_ns) for p in seeds.rglob("*"))
    cleantext("check", seeds)
    assert sorted((p.name, p.stat().st_mtime_ns) for p in seeds.rglob("*")) == before


def test_standard_input_comes_back_fixed(cleantext: Run) -> None:
    done = cleantext("fix", "-", input="The parlia\u00adment met.\n")
    assert (done.returncode, done.stdout) == (0, "The parliament met.\n")


def test_records_from_standard_input(cleantext: Run) -> None:
    article = json.dumps({"guid": 7, "body": "The cafÃ© closed."})
    done = cleantext(
        "check",
        "-",
        "--stdin-format",
        "jsonl",
        "--format",
        "jsonl",
        "--text-field",
        "body",
        "--id-field",
        "guid",
        input=article,
    )
    assert [(r["id"], r["rule"]) for r in lines(done.stdout)] == [("7", "EN001")]


def test_fixed_records_keep_every_other_field(cleantext: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"z": [1, {"a": None}], "text": "A cafÃ©.", "id": "x"}) + "\n")
    assert cleantext("fix", source, "--output", target, "--format", "jsonl").returncode == 0
    (record,) = lines(target.read_text())
    assert (record["z"], record["id"], record["text"]) == ([1, {"a": None}], "x", "A café.")
    assert record["cleantext"]["applied"][0]["rule"] == "EN001"  # type: ignore[index]


class TestBadInput:
    """Each has its own clear message, exit code 2, and nothing written."""

    def refused(self, done: subprocess.CompletedProcess[str], *words: str) -> None:
        assert done.returncode == 2, done
        for word in words:
            assert word in done.stderr, done.stderr
        assert "Traceback" not in done.stderr

    def test_a_missing_file(self, cleantext: Run, tmp_path: Path) -> None:
        self.refused(cleantext("check", tmp_path / "none.txt"), "none.txt", "no such file")

    def test_a_directory_without_articles(self, cleantext: Run, tmp_path: Path) -> None:
        self.refused(cleantext("check", tmp_path), "no article below this directory")

    def test_invalid_utf8(self, cleantext: Run, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"ok\nbad \xff here")
        self.refused(cleantext("fix", path), "a.txt:2", "not UTF-8")
        assert path.read_bytes() == b"ok\nbad \xff here"

    def test_a_binary_file(self, cleantext: Run, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"PK\x00\x01")
        self.refused(cleantext("fix", path), "binary")

    def test_a_broken_rule_file(self, cleantext: Run, tmp_path: Path) -> None:
        path = tmp_path / "rules.toml"
        path.write_text('[[rule]]\nid = "X"\n')
        self.refused(cleantext("check", "--rules", path, "-", input=""), "rules.toml:1")

    def test_a_broken_configuration(self, cleantext: Run, tmp_path: Path) -> None:
        (tmp_path / "cleantext.toml").write_text('selekt = ["typography"]\n')
        (tmp_path / "a.txt").write_text("x")
        self.refused(cleantext("check", tmp_path / "a.txt"), "cleantext.toml", 'Did you mean "select"?')

    @pytest.mark.parametrize("key", ["select", "ignore", "demote"])
    def test_an_unknown_rule_in_a_configuration(self, cleantext: Run, tmp_path: Path, key: str) -> None:
        (tmp_path / "cleantext.toml").write_text(f'min-confidence = 0.6\n{key} = ["encodin"]\n')
        (tmp_path / "a.txt").write_text("x")
        self.refused(
            cleantext("check", tmp_path / "a.txt"),
            f'cleantext.toml:2: "{key}": unknown rule or category "encodin". Did you mean encoding',
        )

    @pytest.mark.parametrize("command", ["index", "report"])
    @pytest.mark.parametrize("missing", ["none.txt", "*.jsonl", "empty"])
    def test_a_missing_file_makes_no_output(
        self, cleantext: Run, tmp_path: Path, command: str, missing: str
    ) -> None:
        (tmp_path / "a.txt").write_text("It rains.\n")
        (tmp_path / "empty").mkdir()
        before = sorted(tmp_path.rglob("*"))
        done = cleantext(command, tmp_path / "a.txt", tmp_path / missing, "--output", tmp_path / "out")
        self.refused(done, missing)
        assert sorted(tmp_path.rglob("*")) == before

    def test_an_unknown_rule(self, cleantext: Run) -> None:
        self.refused(
            cleantext("check", "--select", "encodin", "-", input=""),
            'unknown rule or category "encodin"',
            "encoding",
        )

    def test_lines_that_are_no_records_do_not_stop_the_others(self, cleantext: Run, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl"
        path.write_text('{"text": "A cafÃ©."}\nnot json\n[1]\n{"body": "x"}\n{"text": "B cafÃ©."}\n')
        done = cleantext("check", path, "--format", "jsonl")
        records = lines(done.stdout)
        assert done.returncode == 2
        assert [r["line"] for r in records if "error" in r] == [2, 3, 4]
        assert len([r for r in records if "rule" in r]) == 2


def test_an_article_does_not_drive_the_terminal(cleantext: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The parlia\u00adment \x1b[31mred\x1b[0m \u202eevil.\n")
    done = cleantext("check", path, env={"FORCE_COLOR": "", "NO_COLOR": "1"})
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_configuration_is_found_upwards_from_the_file(cleantext: Run, tmp_path: Path) -> None:
    (tmp_path / "cleantext.toml").write_text('ignore = ["encoding"]\n')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "x.txt").write_text("A cafÃ©.\n")
    assert cleantext("check", inner / "x.txt", "--ignore", "boilerplate").returncode == 1
    assert cleantext("check", "--select", "encoding,typography", inner / "x.txt").returncode == 0
    assert cleantext("check", "--isolated", "--select", "encoding", inner / "x.txt").returncode == 1


@pytest.mark.parametrize("output_format", ["text", "json", "jsonl", "sarif", "github"])
def test_every_format_prints_the_seeds(cleantext: Run, seeds: Path, output_format: str) -> None:
    done = cleantext("check", "--format", output_format, seeds)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout


def test_asking_for_the_version_costs_little() -> None:
    def cost(*command: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert_cost(
        lambda: cost(sys.executable, "-m", "cleantext", "--version"),
        lambda: 3 * cost(sys.executable, "-c", "import regex"),
    )


def test_doctor_says_what_is_there(cleantext: Run) -> None:
    done = cleantext("doctor")
    assert done.returncode == 0
    assert "clash      none" in done.stdout


def test_doctor_says_which_modules_run_in_c(cleantext: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from cleantext import native
    from cleantext.cli import doctor

    told = next(row for row in cleantext("doctor").stdout.splitlines() if row.startswith("C modules  "))
    assert told == f"C modules  {doctor._built()}"
    monkeypatch.setattr(native, "stale", lambda: ())
    monkeypatch.setattr(native, "find_spec", lambda name: True)
    assert doctor._built() == "all built"
    monkeypatch.setattr(native, "find_spec", lambda name: None if "_words" in name else True)
    assert doctor._built().startswith("NOT USED: document._words was not built")
    monkeypatch.setattr(native, "find_spec", lambda name: None)
    assert doctor._built().startswith("NOT USED: the modules in C were not built")
    monkeypatch.setenv(native.PURE, "1")
    assert doctor._built() == "not used, as CLEANTEXT_PURE asks"


def test_a_rival_package_is_noticed_from_the_command_line(tmp_path: Path) -> None:
    rival = tmp_path / "cleantext"
    rival.mkdir()
    (rival / "__init__.py").write_text("def clean(text): return text\n")
    root = Path(__file__).resolve().parents[2]
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import cleantext; "
        f"cleantext.__path__ = [{str(root / 'cleantext')!r}]; from cleantext.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip uninstall" in done.stderr
