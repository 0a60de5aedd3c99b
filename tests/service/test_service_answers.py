"""What the service answers is what the command line prints."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

TEXT = "Share\n\nThe cafÃ© by the harbour is open again.\n\nThe talks failed, Reuters he reported.\n"
RECORDS: list[dict[str, Any]] = [
    {"id": 7, "text": TEXT, "date": "2015-11-24", "kept": [1, {"a": "é"}]},
    {"id": "b", "text": "The council met on Monday.\n"},
]
Command = Callable[..., bytes]


def as_lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


@pytest.mark.parametrize("task", ["check", "fix"])
def test_json_lines_answer_as_the_command_line_prints_them(
    client: httpx.Client, command: Command, task: str
) -> None:
    given = as_lines(*RECORDS)
    headers = {"content-type": "application/x-ndjson", "accept": "application/x-ndjson"}
    answer = client.post(task, content=given, headers=headers)
    assert answer.status_code == 200
    assert answer.content == command(task, "--format", "jsonl", "--stdin-format", "jsonl", given=given)
    assert answer.content.count(b"\n") >= 2


def test_one_object_is_checked_as_the_command_line_does(client: httpx.Client, command: Command) -> None:
    answer = client.post("check", json=RECORDS[0])
    printed = command("check", "--format", "json", "--stdin-format", "jsonl", given=as_lines(RECORDS[0]))
    assert answer.content == printed
    assert {f["rule"] for f in answer.json()["articles"][0]["findings"]} >= {"BP001"}


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_list_of_articles_is_answered_in_its_order(client: httpx.Client, wrapped: bool) -> None:
    answer = client.post("check", json={"articles": RECORDS} if wrapped else RECORDS).json()
    assert [article["id"] for article in answer["articles"]] == ["7", "b"]
    assert answer["errors"] == []


@pytest.mark.parametrize(("media", "name"), [("text/plain", "a.txt"), ("text/markdown", "article.md")])
def test_a_text_is_an_article(client: httpx.Client, command: Command, media: str, name: str) -> None:
    text = TEXT + "\n```\nShare\n```\n"
    headers = {"content-type": f"{media}; charset=UTF-8"}
    answer = client.post("check", content=text.encode(), headers=headers)
    words = ("--stdin-filename", name) if media == "text/markdown" else ()
    assert answer.content == command("check", "--format", "json", *words, given=text.encode())


def test_a_fixed_record_keeps_its_other_fields(client: httpx.Client) -> None:
    [article] = client.post("fix", json=RECORDS[0]).json()["articles"]
    assert article["kept"] == [1, {"a": "é"}]
    assert article["id"] == 7
    assert "café" in article["text"]
    assert {f["rule"] for f in article["cleantext"]["applied"]} >= {"EN001"}


def test_choices_are_those_of_the_command_line(client: httpx.Client, command: Command) -> None:
    query = {"select": "encoding,boilerplate", "ignore": "BP", "min-confidence": "0.3"}
    answer = client.post("check", json=RECORDS[0], params=query)
    words = [word for name, value in query.items() for word in (f"--{name}", value)]
    assert answer.content == command(
        "check", "--format", "json", "--stdin-format", "jsonl", *words, given=as_lines(RECORDS[0])
    )
    assert {f["category"] for f in answer.json()["articles"][0]["findings"]} == {"encoding"}


def test_reviewed_fixes_are_applied_where_they_are_asked_for(client: httpx.Client) -> None:
    safe = client.post("fix", json=RECORDS[0]).json()["articles"][0]
    every = client.post("fix", json=RECORDS[0], params={"apply": "review"}).json()["articles"][0]
    assert len(every["cleantext"]["applied"]) > len(safe["cleantext"]["applied"])


def test_what_is_wrong_with_one_article_costs_no_other(client: httpx.Client) -> None:
    answer = client.post("check", json=[{"no": "text"}, RECORDS[1], 5])
    assert answer.status_code == 200
    assert [article["id"] for article in answer.json()["articles"]] == ["b"]
    assert [(e["line"], e["error"].split(" (")[0]) for e in answer.json()["errors"]] == [
        (1, 'the record has no "text"'),
        (3, "no JSON object"),
    ]


def test_a_request_without_any_article_is_a_bad_one(client: httpx.Client) -> None:
    answer = client.post("check", json={"body": "a"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["error"].startswith('the record has no "text" (it has body)')


def test_the_description_is_valid_and_answers_keep_to_it(client: httpx.Client) -> None:
    validator = pytest.importorskip("openapi_spec_validator")
    told = client.get("openapi.json").json()
    validator.validate(told)
    for path, schema in (("check", "Checked"), ("fix", "Fixed")):
        checker = Draft202012Validator({**told, "$ref": f"#/components/schemas/{schema}"})
        checker.validate(client.post(path, json=RECORDS).json())
    Draft202012Validator({**told, "$ref": "#/components/schemas/Health"}).validate(
        client.get("health").json()
    )
    refused = client.post("check", content=b"{", headers={"content-type": "application/json"})
    assert refused.status_code == 400
    Draft202012Validator({**told, "$ref": "#/components/schemas/Refusal"}).validate(refused.json())


def test_health_says_version_and_workers(client: httpx.Client) -> None:
    from cleantext.version import __version__

    told = client.get("health")
    assert told.status_code == 200
    assert told.json() | {"replaced": 0} == {
        "status": "ok",
        "version": __version__,
        "workers": 1,
        "replaced": 0,
    }


def test_the_page_needs_nothing_from_elsewhere(client: httpx.Client) -> None:
    page = client.get("")
    assert page.headers["content-type"].startswith("text/html")
    assert "<script" not in page.text
    assert "src=" not in page.text
    assert "POST /check" in page.text


def test_nothing_of_a_request_is_kept(client: httpx.Client) -> None:
    first = client.post("check", json=RECORDS[0]).content
    client.post("fix", json=RECORDS[0])
    assert client.post("check", json=RECORDS[0]).content == first


def test_the_answer_is_the_record_of_a_report(client: httpx.Client) -> None:
    import cleantext

    [article] = client.post("check", json={"text": TEXT}).json()["articles"]
    own = cleantext.check(TEXT).to_dict()
    assert {**article, "path": None, "findings": [{**f, "path": None} for f in article["findings"]]} == own
