"""Not again: from a finding into the configuration file, as its author would write it, and back byte for byte."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from visiting import OWN

from cleantext import settings
from cleantext.batch.reading import read
from cleantext.cleaner import Cleaner
from cleantext.configuration import Configuration
from cleantext.review import queue
from cleantext.review.offswitch import CannotSwitchError, OffSwitch, Wish
from cleantext.review.queue import Filters
from cleantext.review.scan import scan
from cleantext.review.session import GoneError, Session
from cleantext.review.store import Store
from cleantext.review.web.pages import make_app

SPEECH = (
    "French President François Hollande received the mayors of the coast in Paris on Tuesday. The meeting lasted two "
    "hours.\n\nChirac said that the dykes would be raised “before the winter”. The mayors had asked for help since the "
    "spring.\n\n“Nobody will be left alone,” Hollande told them at the end.\n"
)
FILES = (
    "",
    "# only a word\n",
    'ignore = ["BP900"]  # too eager\nmin-confidence = 0.6\n\n[review]\nstore = "x"\n',
    'ignore = [\n  "BP900", # too eager\n  "MT" # all\n]\n\n[[per-file]]\nsource = "a"\nignore = ["BP"]\n',
    "[attribution]\nprior = 0.01\n\n[style]\nquotes = 'curly'\n",
    '[attribution]\nno-persons = ["Opponents"]\n',
    "ignore = []\n[attribution]\nno-persons = [\n]\n",
    "min-confidence = 0.6 # no line end",
)
PROJECTS = tuple(
    f'[project]\nname = "x"\nignore = 1\n\n[tool.cleantext]\n{body}\n[tool.other]\nignore = ["no"]\n'
    for body in ("", 'ignore = ["BP900"]\n', "min-confidence = 0.6 # more\n")
)
WISHES = (
    Wish("rule", "TST001"),
    Wish("site", "TST001", 'a "site"'),
    Wish("person", "AT001", "D'Arc\\ or “so”"),
)


@pytest.fixture
def client(client: TestClient, session: Session, corpus: Path) -> TestClient:
    session.off = OffSwitch(corpus / "cleantext.toml")
    return client


def changed(folder: Path, name: str, source: str, wish: Wish) -> bytes:
    file = folder / name
    file.write_bytes(source.encode())
    return OffSwitch(file)._changed(file.read_bytes(), wish)


@pytest.mark.parametrize("wish", WISHES, ids=lambda w: w.kind)
@pytest.mark.parametrize("source", [*FILES, *(f.replace("\n", "\r\n") for f in FILES)])
def test_a_file_says_one_thing_more_and_keeps_every_word(tmp_path: Path, source: str, wish: Wish) -> None:
    new = changed(tmp_path, "cleantext.toml", source, wish).decode()
    (tmp_path / "cleantext.toml").write_bytes(new.encode())
    said = settings.read(tmp_path / "cleantext.toml")
    if wish.kind == "rule":
        assert said.ignore[0] == "TST001"
    elif wish.kind == "site":
        assert (said.per_file[-1].source, said.per_file[-1].ignore) == (wish.value, ("TST001",))
    else:
        assert said.attribution.no_persons[0] == wish.value
    left = iter(new.replace(" ", "").replace("\r", "").replace("\n", ""))
    assert all(char in left for char in source.replace(" ", "").replace("\r", "").replace("\n", ""))
    assert ("\r\n" in source) == ("\r\n" in new)
    assert new.count("\n") == new.count("\r\n") or "\r\n" not in new


@pytest.mark.parametrize("wish", WISHES, ids=lambda w: w.kind)
@pytest.mark.parametrize("source", PROJECTS)
def test_a_project_file_is_changed_in_its_own_table(tmp_path: Path, source: str, wish: Wish) -> None:
    new = tomllib.loads(changed(tmp_path, "pyproject.toml", source, wish).decode())
    old = tomllib.loads(source)
    assert new["project"] == old["project"]
    assert new["tool"]["other"] == old["tool"]["other"]
    assert new["tool"]["cleantext"] != old["tool"]["cleantext"]


@pytest.mark.parametrize(
    ("source", "wish"),
    [
        ("attribution.prior = 0.1\n", WISHES[2]),
        ("attribution = { prior = 0.1 }\n", WISHES[2]),
        ("ignore = [", WISHES[0]),
        ("ignore = 'x'\n", WISHES[0]),
        ("per-file = []\n", WISHES[1]),
        ("\x00", WISHES[0]),
    ],
)
def test_a_file_that_is_written_otherwise_is_left_alone_and_says_what_to_write(
    tmp_path: Path, source: str, wish: Wish
) -> None:
    with pytest.raises(CannotSwitchError, match="Write there"):
        changed(tmp_path, "cleantext.toml", source, wish)
    assert (tmp_path / "cleantext.toml").read_bytes() == source.encode()


@given(st.sampled_from(FILES), st.text(min_size=1, max_size=12))
def test_any_name_is_written_so_that_it_is_read_again(source: str, name: str) -> None:
    if any("\ud800" <= char <= "\udfff" for char in name):
        return
    off = OffSwitch(Path("cleantext.toml"))
    try:
        new = off._changed(source.encode(), Wish("person", "AT001", name))
    except CannotSwitchError:
        return
    assert tomllib.loads(new.decode())["attribution"]["no-persons"][0] == name


def test_a_link_is_not_written_through(session: Session, tmp_path: Path, corpus: Path) -> None:
    (tmp_path / "elsewhere.toml").write_text("# mine\n")
    (corpus / "cleantext.toml").symlink_to(tmp_path / "elsewhere.toml")
    with pytest.raises(CannotSwitchError, match="link"):
        OffSwitch(corpus / "cleantext.toml").switch(session, WISHES[0])
    assert (tmp_path / "elsewhere.toml").read_text() == "# mine\n"
    assert queue.count(session.store, Filters(scan=session.scan, rule="TST001")) == 3


def test_a_rule_is_switched_off_from_its_own_page(client: TestClient, session: Session, corpus: Path) -> None:
    [item] = session.store.items("f.rule = 'TST002'")
    assert "Switch TST002 off" in client.get("/rules/TST002").text
    session.decide(item, "accept")
    asked = client.post("/rules/TST002/off", headers=OWN).text
    assert "1 of its findings is accepted already" in asked
    assert "Switch TST002 off all the same" in asked
    assert not (corpus / "cleantext.toml").exists()
    done = client.post("/rules/TST002/off", data={"sure": "1"}, headers=OWN).text
    assert "TST002 is switched off" in done
    assert "ignore = ['TST002']" in (corpus / "cleantext.toml").read_text("utf-8")
    assert client.post("/rules/TST002/off", headers=OWN).status_code == 404, "it is off already"


def test_the_page_of_a_rule_counts_what_is_accepted_whatever_its_address_says(
    client: TestClient, session: Session
) -> None:
    [item] = session.store.items("f.rule = 'TST002'")
    assert "accepted already" not in client.get("/rules/TST002?off=7").text
    session.decide(item, "accept")
    assert "1 of its findings is accepted already" in client.get("/rules/TST002?off=7").text


def test_undo_passes_over_what_went_with_a_rule_and_nothing_calls_it_written(
    client: TestClient, session: Session, corpus: Path
) -> None:
    [rejected] = session.store.items("f.rule = 'TST002'")
    accepted = session.store.items("f.rule = 'TST001'")[0]
    session.decide(rejected, "reject")
    session.decide(accepted, "accept")
    assert session.off is not None
    session.off.switch(session, Wish("rule", "TST001"))
    session.decide(session.store.items("f.rule = 'TST004'")[0], "reject")
    assert "what was accepted was written, or its finding is gone" in client.get("/apply").text
    assert [event.rule for event in session.undo()] == ["TST004"]
    [undone] = session.undo()
    assert undone.rule == "TST002"
    again = session.store.find(rejected.id)
    assert again is not None
    assert again.state == "open"
    with pytest.raises(GoneError):
        session.undo()
    assert "was written, or its finding is gone" in client.post("/undo", headers=OWN).text
    session.off.back(session)
    assert [event.rule for event in session.undo()] == ["TST001"]
    assert session.undo() == []


def test_what_was_accepted_does_not_go_unasked(client: TestClient, session: Session, corpus: Path) -> None:
    first, second = session.store.items("f.rule = 'TST001'")[:2]
    session.decide(first, "accept")
    session.decide(second, "edit", replacement="that")
    place = f"/article/{first.document_id}/{first.id}"
    asked = client.post(place, data={"what": "rule"}, headers=OWN).text
    assert "2 of what would go are accepted already" in asked
    assert "1 in somebody’s own words" in asked
    assert not (corpus / "cleantext.toml").exists()
    assert session.store.find(first.id) and session.store.find(second.id)
    done = client.post(place, data={"what": "rule", "sure": "1"}, headers=OWN).text
    assert "TST001 is switched off" in done
    assert "TST001 is switched off" in client.get("/rules").text, "and can be taken back from there"
    assert "Switched on again" in client.post("/rules/back", headers=OWN).text
    assert [i.state for i in (session.store.find(first.id), session.store.find(second.id)) if i] == [
        "accepted",
        "edited",
    ]


def test_a_rule_is_switched_off_from_a_mark_and_on_again(
    client: TestClient, session: Session, corpus: Path
) -> None:
    file = corpus / "cleantext.toml"
    file.write_text("# ours\nmin-confidence = 0.55\n", "utf-8")
    before = queue.progress(session.store, Filters(scan=session.scan, kind="any"))
    item = session.store.items("f.rule = 'TST001'")[0]
    session.decide(item, "reject")
    page = client.get(f"/article/{item.document_id}?at={item.id}").text
    assert "Switch TST001 off" in page
    assert "is no person" not in page
    answer = client.post(f"/article/{item.document_id}/{item.id}", data={"what": "rule"}, headers=OWN)
    assert "TST001 is switched off" in answer.text
    assert "3 findings are gone" in answer.text
    assert settings.read(file).ignore == ("TST001",)
    assert file.read_text("utf-8").startswith("# ours\nmin-confidence = 0.55\n")
    assert session.store.items("f.rule = 'TST001'") == []
    assert "TST001" not in session.cleaner.cards
    assert session.cleaner.check("In teh end.").findings == ()
    back = client.post(f"/article/{item.document_id}/back", headers=OWN)
    assert "Switched on again" in back.text
    assert file.read_text("utf-8") == "# ours\nmin-confidence = 0.55\n"
    again = session.store.find(item.id)
    assert again is not None
    assert again.state == "rejected"
    after = queue.progress(session.store, Filters(scan=session.scan, kind="any"))
    assert after == {**before, "open": before["open"] - 1, "rejected": 1}
    assert session.cleaner.check("In teh end.").findings != ()


def test_nothing_is_taken_back_over_somebody_elses_change(
    client: TestClient, session: Session, corpus: Path
) -> None:
    item = session.store.items("f.rule = 'TST001'")[0]
    client.post(f"/article/{item.document_id}/{item.id}", data={"what": "rule"}, headers=OWN)
    (corpus / "cleantext.toml").write_text('ignore = ["TST001", "TST002"]\n', "utf-8")
    answer = client.post(f"/article/{item.document_id}/back", headers=OWN)
    assert answer.status_code == 409
    assert "was changed since" in answer.text
    assert (corpus / "cleantext.toml").read_text("utf-8") == 'ignore = ["TST001", "TST002"]\n'


def test_without_the_switch_nobody_may(session: Session) -> None:
    item = session.store.items("f.rule = 'TST001'")[0]
    app = make_app(session, token="t", port=8765)
    with TestClient(app, base_url="http://127.0.0.1:8765") as client:
        page = client.get("/?token=t")
        page = client.get(f"/article/{item.document_id}?at={item.id}")
        assert "Not again" not in page.text
        for path in (f"{item.id}", "back"):
            answer = client.post(f"/article/{item.document_id}/{path}", data={"what": "rule"}, headers=OWN)
            assert answer.status_code == 404


def opened(folder: Path, *, select: tuple[str, ...], rules: tuple[str, ...] = ()) -> Session:
    store = Store(folder / ".cleantext" / "review.db")
    cleaner = Cleaner(Configuration(rules=rules, select=select))
    seen = scan(store, cleaner, read([str(folder)]), on_failure=lambda f: pytest.fail(str(f)))
    return Session(store, cleaner, who="anna", scan=seen.number)


def checked(folder: Path, *options: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "cleantext", "check", "--format", "jsonl", "--exit-zero", *options, "."],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return [f"{row['path']}:{row['text']}" for row in rows if row.get("rule")]


def test_a_rule_is_off_on_one_site_only_and_check_reads_it_there(tmp_path: Path, rules: Path) -> None:
    folder = tmp_path / "sites"
    folder.mkdir()
    rows = [
        {"text": f"It was teh {n}.", "source": site}
        for n, site in enumerate(("a.example", "b.example", "a.example"))
    ]
    (folder / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    session = opened(folder, select=("TST",), rules=(str(rules),))
    with session.store:
        session.off = off = OffSwitch(folder / "cleantext.toml")
        item = next(i for i in session.store.items() if i.line == 1)
        wish = next(w for w in off.wishes(session, item) if w.kind == "site")
        done = off.switch(session, wish)
        assert (wish.value, done.gone) == ("a.example", 2)
        assert [i.line for i in session.store.items()] == [2]
        assert str(wish) == "TST001 is switched off on a.example"
        told = checked(folder, "--rules", str(rules), "--select", "TST")
        assert len(told) == 1


def test_who_is_no_person_is_accused_of_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "speech"
    folder.mkdir()
    (folder / "a.txt").write_text(SPEECH, "utf-8")
    session = opened(folder, select=("attribution",))
    with session.store:
        session.off = off = OffSwitch(folder / "cleantext.toml")
        (item,) = session.store.items()
        wish = next(w for w in off.wishes(session, item) if w.kind == "person")
        assert str(wish) == "“Chirac” is no person"
        assert checked(folder, "--select", "attribution") != []
        off.switch(session, wish)
        assert session.store.items() == []
        assert checked(folder, "--select", "attribution") == []
        assert off.back(session) == wish
        assert [i.finding.text for i in session.store.items()] == ["Chirac"]
        assert checked(folder, "--select", "attribution") != []
