"""`cleantext offices`: look up, check, add."""

import csv
from datetime import date

from cleantext.checks.attribution.offices import looked_up_to, offices


def test_show_names_terms_of_a_person_and_of_an_office(cleantext, tmp_path):
    done = cleantext("offices", "show", "Jacques Chirac", cwd=tmp_path)
    assert done.returncode == 0
    assert "1995-05-17" in done.stdout
    assert "President of France" in done.stdout
    done = cleantext("offices", "show", "fr-president", cwd=tmp_path)
    assert "François Hollande" in done.stdout
    done = cleantext("offices", "show", "Nobodyatall", cwd=tmp_path)
    assert done.returncode == 1
    assert "offices add" in done.stderr


def test_a_term_that_was_added_is_used(cleantext, tmp_path):
    term = ("--office", "fc-harbour-coach", "--given", "Anna", "--family", "Berger", "--start", "2011-07")
    done = cleantext("offices", "add", "clubs.csv", *term, cwd=tmp_path)
    assert done.returncode == 2
    assert "--title" in done.stderr
    assert not (tmp_path / "clubs.csv").exists()
    done = cleantext("offices", "add", "clubs.csv", *term, "--title", "Head coach", cwd=tmp_path)
    assert done.returncode == 0
    with (tmp_path / "clubs.csv").open(encoding="utf-8") as lines:
        (row,) = csv.DictReader(lines)
    assert row["titles"] == "head coach"
    assert row["person_id"] == "anna-berger"
    (tmp_path / "cleantext.toml").write_text('[attribution]\noffices = ["clubs.csv"]\n', "utf-8")
    done = cleantext("offices", "show", "Anna Berger", cwd=tmp_path)
    assert "fc-harbour-coach" in done.stdout
    assert cleantext("offices", "check", cwd=tmp_path).returncode == 0


def test_a_broken_term_is_refused_and_the_table_stays_as_it_was(cleantext, tmp_path):
    table = tmp_path / "clubs.csv"
    start = ("offices", "add", "clubs.csv", "--office", "x", "--title", "coach", "--family", "Berger")
    assert cleantext(*start, "--start", "2011", cwd=tmp_path).returncode == 0
    before = table.read_bytes()
    done = cleantext(*start, "--start", "2011-13", cwd=tmp_path)
    assert done.returncode == 2
    assert "YYYY-MM" in done.stderr
    assert table.read_bytes() == before


def test_check_names_two_people_in_one_seat(cleantext, tmp_path):
    head = "office_id,titles,family,start,end\n"
    (tmp_path / "clubs.csv").write_text(head + "x,coach,Berger,2011,\nx,coach,Varga,2013,\n", "utf-8")
    done = cleantext("offices", "check", "clubs.csv", cwd=tmp_path)
    assert done.returncode == 1
    assert "Berger" in done.stdout
    assert "Varga" in done.stdout
    (tmp_path / "clubs.csv").write_text(head + "x,coach,Berger,2011,2013\nx,coach,Varga,2013,\n", "utf-8")
    assert cleantext("offices", "check", "clubs.csv", cwd=tmp_path).returncode == 0
    done = cleantext("offices", "check", "gone.csv", cwd=tmp_path)
    assert done.returncode == 1
    assert "gone.csv" in done.stdout


def test_check_says_up_to_which_day_the_shipped_table_is_known(cleantext, tmp_path):
    as_of = date.fromisoformat(looked_up_to())
    done = cleantext("offices", "check", "--isolated", cwd=tmp_path)
    assert done.returncode == 0
    assert f"looked at up to {as_of.day} {as_of:%B %Y}" in done.stdout
    assert "a holder of today may be missing" in done.stdout
    assert "[attribution] offices" in done.stderr


def test_who_had_no_end_is_in_office_only_up_to_the_day_that_the_table_was_looked_at(cleantext, tmp_path):
    (term,) = [term for term in offices().person("Emmanuel Macron") if term.office == "fr-president"]
    assert not term.end
    done = cleantext("offices", "show", "Emmanuel Macron", "--isolated", cwd=tmp_path)
    (line,) = [line for line in done.stdout.splitlines() if "(fr-president)" in line]
    assert f"at least until {looked_up_to()}" in line
    assert "in office" not in line


def test_an_open_term_of_a_users_own_table_is_in_office(cleantext, tmp_path):
    term = ("--office", "fc-coach", "--title", "coach", "--given", "Anna", "--family", "Bergerová")
    cleantext("offices", "add", "clubs.csv", *term, "--start", "2011", cwd=tmp_path)
    (tmp_path / "cleantext.toml").write_text('[attribution]\noffices = ["clubs.csv"]\n', "utf-8")
    done = cleantext("offices", "show", "Bergerová", cwd=tmp_path)
    assert "in office" in done.stdout


def test_a_table_that_is_a_link_is_not_written_through(cleantext, tmp_path):
    elsewhere = tmp_path / "elsewhere.csv"
    (tmp_path / "clubs.csv").symlink_to(elsewhere)
    term = ("--office", "x", "--title", "coach", "--family", "Berger", "--start", "2011-07")
    done = cleantext("offices", "add", "clubs.csv", *term, cwd=tmp_path)
    assert done.returncode == 2
    assert "clubs.csv is a link" in done.stderr
    assert (tmp_path / "clubs.csv").is_symlink()
    assert not elsewhere.exists()
