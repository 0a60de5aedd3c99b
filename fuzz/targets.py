"""What is fuzzed: each target takes any bytes and must end in a result or in the error that its contract names."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

_FOLDER = Path(tempfile.mkdtemp(prefix="cleantext-fuzz-"))


def rule_file(data: bytes) -> None:
    """A rule file is read and tried, or refused with file, line and what to write."""
    from cleantext.article import Article
    from cleantext.document import Document
    from cleantext.matching import PatternEngine
    from cleantext.rulebook import RuleError, load_file

    path = _FOLDER / "rules.toml"
    path.write_bytes(data)
    try:
        cards = load_file(path)
        engine = PatternEngine(cards, time_limit=0.2)
        document = Document(
            Article(text="In teh end, the the town. aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\n\n“So,” he said.")
        )
        list(engine.findings(document, lambda card: 0.5))
    except RuleError as error:
        assert error.line >= 1
        assert str(error).startswith(f"{path}:")


def configuration(data: bytes) -> None:
    """A configuration is read and a cleaner made of it, or it is refused with the file's name."""
    from cleantext.rulebook import RuleError
    from cleantext.settings import ConfigurationError, find, read

    folder = _FOLDER / "project"
    folder.mkdir(exist_ok=True)
    name = "pyproject.toml" if data[:1] == b"p" else "cleantext.toml"
    for other in folder.iterdir():
        other.unlink()
    path = folder / name
    path.write_bytes(data[1:] if data[:1] == b"p" else data)
    assert find(path) in (path, None) or name == "pyproject.toml"
    try:
        chosen = read(path)
    except ConfigurationError as error:
        assert str(path) in str(error)
        return
    from cleantext.cleaner import Cleaner

    try:
        if not chosen.languagetool.enabled and not chosen.rules:
            Cleaner(chosen).check("It rains, Efe he reported.")
    except (RuleError, ValueError):  # unknown selectors, tables that are not there
        return


def json_lines(data: bytes) -> None:
    """Every line is an article or a failure with its number; a new text goes into a line and nothing else changes."""
    from cleantext.batch.inputs import Failure
    from cleantext.batch.jsontext import line_with_text
    from cleantext.batch.reading import Fields, object_of, read

    path = _FOLDER / "a.jsonl"
    path.write_bytes(data)
    rows = data.split(b"\n")
    for item in read([str(path)], fields=Fields()):
        if isinstance(item, Failure):
            assert item.line is None or 1 <= item.line <= len(rows)
            continue
        assert item.line is not None and item.record is not None
        row = rows[item.line - 1]
        changed = line_with_text(row + b"\n", "text", item.article.text + "x")
        body = changed.removeprefix(b"\xef\xbb\xbf")
        assert object_of(body) == {**item.record, "text": item.article.text + "x"}
        same = line_with_text(row + b"\n", "text", item.article.text).removeprefix(b"\xef\xbb\xbf")
        assert object_of(same) == item.record


def quotations(data: bytes) -> None:
    """Quotations, names, sentences and speakers of any text lie in it, in order, and never overlap."""
    from cleantext.article import Article
    from cleantext.document import Document

    text = data.decode("utf-8", "surrogateescape")
    document = Document(Article(text=text))
    end = 0
    for quotation in document.quotations:
        assert end <= quotation.start < quotation.end <= len(text)
        end = quotation.end
    at = 0
    for sentence in document.sentences:
        assert at <= sentence.start < sentence.end <= len(text)
        at = sentence.end
    for mention in document.names.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
    for found in document.attributions:
        assert 0 <= found.start < found.end <= len(text)
        assert found.speaker is None or 0 <= found.speaker.start < found.speaker.end <= len(text)


def review_import(data: bytes) -> None:
    """Decisions are taken over, each once, and come out as they went in; or the line is named."""
    from cleantext.review import events, exchange
    from cleantext.review.decisions import Decisions
    from cleantext.review.store import Store

    path = _FOLDER / "decisions.jsonl"
    path.write_bytes(data)
    try:
        read = exchange.read(path)
    except ValueError as error:
        assert str(path) in str(error)
        return
    database = _FOLDER / "review" / "review.db"
    for old in database.parent.glob("*") if database.parent.is_dir() else ():
        old.unlink()
    with Store(database) as store:
        store.add(read)
        store.add(read)
        held = store.events()
    assert {event.uid for event in held} == {event.uid for event in read}
    assert len(held) == len({event.uid for event in read})
    standing = list(events.standing(held))
    len(Decisions(standing))
    exchange.write(path, held)
    assert sorted(e.uid for e in exchange.read(path)) == sorted(e.uid for e in held)


def whole_check(data: bytes) -> None:
    """Any text is checked and fixed without an exception, spans exact."""
    cleaner = _cleaner()
    text = data.decode("utf-8", "surrogateescape")
    report = cleaner.check(text)
    for finding in report.findings:
        assert text[finding.start : finding.end] == finding.text
    fixed = report.fix(apply="review")
    if not fixed.applied:
        assert fixed.text == text


_CLEANER: list[object] = []


def _cleaner() -> "Cleaner":  # type: ignore[name-defined]  # noqa: F821, UP037
    from cleantext import Cleaner

    if not _CLEANER:
        _CLEANER.append(Cleaner(min_confidence=0.0))
    return _CLEANER[0]  # type: ignore[return-value]


TARGETS: dict[str, Callable[[bytes], None]] = {
    function.__name__: function
    for function in (rule_file, configuration, json_lines, quotations, review_import, whole_check)
}
