"""News about offices that no rule or weight came from: shared titles, deputies, former holders, namesakes, ceremonies."""

import tomllib
from pathlib import Path

import pytest

from cleantext import Cleaner

ARTICLES = tomllib.loads(Path(__file__).with_name("office-news.toml").read_text("utf-8"))["article"]
SWAPPED = [article for article in ARTICLES if "right" in article]
CLEANER = Cleaner(select=["attribution"])


def named(article):
    return f"{article['kind']}: {article['text'].split('.')[0].strip()[:40]}"


@pytest.mark.parametrize("article", ARTICLES, ids=named)
def test_nobody_is_accused_in_sound_news(article):
    text = article["text"].replace("{}", article.get("right", ""))
    assert CLEANER.check(text, date=article["date"]).findings == ()


def test_of_thirty_holders_put_wrong_three_fifths_are_found_and_nobody_else():
    found = 0
    for article in SWAPPED:
        text = article["text"].replace("{}", article["wrong"])
        findings = CLEANER.check(text, date=article["date"]).findings
        assert {text[f.start : f.end] for f in findings} <= {article["wrong"]}
        found += any(article["right"] in [fix.edits[0].replacement for fix in f.fixes] for f in findings)
    assert found >= 0.6 * len(SWAPPED) == 18
