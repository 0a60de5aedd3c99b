"""What the corpus index counts, and what it answers."""

from __future__ import annotations

import json
import pickle
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import made
import pytest

from cleantext.article import Article
from cleantext.batch.indexing import Indexed, build
from cleantext.batch.reading import Failure, Fields
from cleantext.corpus import CorpusIndex, IndexFileError
from cleantext.corpus.traces import bands, clusters
from cleantext.document.repeats import normal_line, site_of, words_of

SITE = "valley-courier.example"


def index_of(folder: Path, *files: str, name: str = "c.index", **more: Any) -> tuple[CorpusIndex, Indexed]:
    failures: list[Failure] = []
    done = build(
        [str(folder / file) for file in files] or [str(folder)],
        folder / name, fields=Fields(), on_failure=failures.append, progress=False, **more,
    )  # fmt: skip
    return CorpusIndex(folder / name), done


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def prose(number: int) -> str:
    chance = random.Random(number)
    return " ".join(made.sentence(chance) for _ in range(5))


def test_lines_of_a_site_are_counted_over_articles_and_other_sites_do_not_matter(tmp_path: Path) -> None:
    rows = [
        {"id": n, "source": SITE, "text": f"{prose(n)}\n\nShare this article  »\nIssue {n}"} for n in range(5)
    ]
    rows += [{"id": "x", "source": "other.example", "text": f"{prose(99)}\n\nShare this article"}]
    written(tmp_path / "a.jsonl", rows)
    index, _ = index_of(tmp_path, "a.jsonl")
    lines = {line: n for line, n in index.site_lines(SITE).items() if line[0] not in "=~"}
    assert lines == {"share this article": 5, "issue 0": 5}
    assert index.site_lines("other.example") == index.site_lines("nowhere.example") == {}
    assert (index.site_articles(SITE), index.site_articles("nowhere.example")) == (5, 0)


def test_copies_of_an_article_do_not_make_its_sentences_repeat(tmp_path: Path) -> None:
    text = f"{prose(1)}\n\nA short line of the article itself\n\n{prose(2)}"
    rows: list[dict[str, Any]] = [
        {"id": f"copy{n}", "source": SITE, "text": text + f"\n\nSeen {'x' * n}"} for n in range(8)
    ]
    rows.append({"id": "own", "source": SITE, "text": prose(3)})
    written(tmp_path / "a.jsonl", rows)
    index, done = index_of(tmp_path, "a.jsonl")
    assert (done.articles, done.distinct) == (9, 2)
    assert index.site_lines(SITE) == {}
    assert index.site_articles(SITE) == 2


def test_the_order_of_articles_and_the_number_of_workers_change_nothing(tmp_path: Path) -> None:
    rows = list(made.articles(240))
    rows += [{**row, "id": f"c{row['id']}", "text": row["text"] + "\nOne line more.\n"} for row in rows[:60]]
    shuffled = random.Random(5).sample(rows, len(rows))
    written(tmp_path / "a.jsonl", rows)
    written(tmp_path / "b.jsonl", shuffled)
    one, first = index_of(tmp_path, "a.jsonl", name="one.index")
    two, second = index_of(tmp_path, "b.jsonl", name="two.index", jobs=2)
    assert first == second
    for site in made.SITES:
        assert one.site_lines(site) == two.site_lines(site) != {}
        assert one.site_articles(site) == two.site_articles(site)


def test_an_index_grows_file_by_file_as_if_it_were_made_at_once(tmp_path: Path) -> None:
    rows = list(made.articles(150))
    written(tmp_path / "a.jsonl", rows[:100])
    written(tmp_path / "b.jsonl", rows[:20])
    index_of(tmp_path, "a.jsonl", "b.jsonl", name="grown.index")
    written(tmp_path / "b.jsonl", rows[100:])  # what it held before goes out again
    grown, done = index_of(tmp_path, "a.jsonl", "b.jsonl", name="grown.index")
    assert done.read == 50, "a file that did not change is not read again"
    whole, all_at_once = index_of(tmp_path, "a.jsonl", "b.jsonl", name="whole.index")
    assert done[:3] == all_at_once[:3]
    for site in made.SITES:
        assert grown.site_lines(site) == whole.site_lines(site)


def quoting(speaker: str, quotation: str, number: int) -> dict[str, Any]:
    text = f'{prose(number)}\n\n"{quotation}," said {speaker}.\n\n{prose(number + 1000)}'
    return {
        "id": f"q{number}",
        "source": f"s{number}.example",
        "date": "2015-11-24",
        "title": "T",
        "text": text,
    }


def test_the_same_words_in_another_mouth_are_found(tmp_path: Path) -> None:
    words = "We will open the bridge before the first snow falls on the valley"
    rows = [
        quoting("Marta Berg", words, 1),
        quoting("Pavel Novak", words + " and nobody will stop us", 2),
        quoting("Ilse Keller", "Nothing of the kind was ever planned by this council or by any other", 3),
    ]
    written(tmp_path / "a.jsonl", rows)
    index, _ = index_of(tmp_path, "a.jsonl")
    found = index.same_quotations(words, article=Article(text=rows[0]["text"], id="q1"))
    assert [(e.speaker, e.article, e.date, e.line) for e in found] == [("Pavel Novak", "q2", "2015-11-24", 2)]
    assert found[0].overlap == 1.0
    both = index.same_quotations("“" + words.upper() + "!”", article=Article(text="another", id="z"))
    assert {e.speaker for e in both} == {"Marta Berg", "Pavel Novak"}
    assert index.same_quotations("We will open", article=Article(text="")) == ()


def test_a_copy_with_another_name_in_it_is_found(tmp_path: Path) -> None:
    words = "We will open the bridge before the first snow falls on the valley"
    original, copy = quoting("Marta Berg", words, 1), quoting("Pavel Novak", words, 1)
    written(tmp_path / "a.jsonl", [original, {**copy, "id": "copy"}])
    index, done = index_of(tmp_path, "a.jsonl")
    assert done.distinct == 1
    article = Article(text=original["text"], id="q1")
    assert [e.speaker for e in index.same_quotations(words, article=article)] == ["Pavel Novak"]


def test_an_index_is_picklable_and_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl", list(made.articles(30)))
    index, _ = index_of(tmp_path, "a.jsonl")
    again = pickle.loads(pickle.dumps(index))
    assert again.site_lines(SITE) == index.site_lines(SITE)
    with pytest.raises(IndexFileError, match="no such index"):
        CorpusIndex(tmp_path / "none.index")
    (tmp_path / "text.index").write_text("not a database, but long enough to look at, surely" * 30)
    with pytest.raises(IndexFileError, match="is no index"):
        CorpusIndex(tmp_path / "text.index")
    import sqlite3

    with sqlite3.connect(tmp_path / "c.index") as db:
        db.execute("UPDATE meta SET value = '0' WHERE name = 'version'")
    with pytest.raises(IndexFileError, match="another version"):
        CorpusIndex(tmp_path / "c.index")


def test_bad_input_is_said_and_the_rest_is_indexed(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "\\ud800 lone"}\nno json\n' + made.lines(3))
    failures: list[Failure] = []
    done = build(
        [str(tmp_path / "a.jsonl")],
        tmp_path / "c.index",
        fields=Fields(),
        on_failure=failures.append,
        progress=False,
    )
    assert done.articles == 4
    assert [failure.line for failure in failures] == [2]


def test_the_command_line_uses_it(tmp_path: Path, cleantext: Callable[..., Any]) -> None:
    written(tmp_path / "a.jsonl", list(made.articles(30)))
    done = cleantext("index", "a.jsonl", "--output", "c.index", cwd=tmp_path)
    assert done.returncode == 0
    assert "30 articles" in done.stdout
    checked = cleantext(
        "check", "--index", "c.index", "--format", "jsonl", "--isolated", "a.jsonl", cwd=tmp_path
    )
    assert checked.returncode in (0, 1), checked.stderr
    missing = cleantext("check", "--index", "no.index", "a.jsonl", cwd=tmp_path)
    assert missing.returncode == 2
    assert "no such index" in missing.stderr


def test_keys_of_near_duplicates() -> None:
    vocabulary = [f"word{n}" for n in range(3000)]
    chance = random.Random(1)
    shared = {0: 0, 2: 0, 60: 0}
    for _ in range(60):
        words = [chance.choice(vocabulary) for _ in range(300)]
        for changes in shared:
            other = list(words)
            for at in chance.sample(range(300), changes):
                other[at] = f"new{chance.random()}"
            shared[changes] += bool(set(bands(words)) & set(bands(other)))
    assert shared[0] == 60
    assert shared[2] >= 57
    assert shared[60] <= 3
    assert bands([]) == ()


def test_clusters_do_not_depend_on_the_order_of_links() -> None:
    links = [(n, n + 1) for n in range(0, 40, 2)] + [(n, n + 3) for n in range(0, 30, 6)]
    expected = clusters(links)
    for seed in range(5):
        assert clusters(random.Random(seed).sample(links, len(links))) == expected


def test_normal_forms() -> None:
    assert normal_line("  » Share  this Article (12) ") == "share this article (0"
    assert normal_line("x" * 301) == normal_line(" — ") == ""
    assert words_of("Don’t STOP, 3 times") == ["don", "t", "stop", "3", "times"]
    assert site_of(Article(text="", url="https://www.example.org/a")) == "example.org"
    assert site_of(Article(text="", url="http://[broken")) == site_of(Article(text="")) == ""
