"""What is tortured, by which tests, and what each found: the rows of the table in docs/reliability.md."""

from __future__ import annotations

from typing import NamedTuple


class Item(NamedTuple):
    """A row: what is tried, the test files that try it, and what failed before it was mended."""

    name: str
    what: str
    tests: tuple[str, ...]
    found: tuple[str, ...]


ITEMS = (
    Item(
        "Properties",
        "any article, however hostile: exact spans, fix stable, undo exact, rules in any order, "
        "each fast path equal to its slow twin, and one corpus through check, review, fix, edits by hand, undo and re-scrape",
        (
            "tests/torture/test_whole_tool.py",
            "tests/torture/test_twins.py",
            "tests/torture/test_one_corpus.py",
            "tests/engine/test_edits.py",
            "tests/engine/test_matching.py",
            "tests/safe/test_fixed_for_good.py",
        ),
        (
            "The inverse of two deletions that touch brought them back in the wrong order;",
            "two lines of different blanks had one fingerprint;",
            "a second fix took residue that the first had held back together with what it took.",
        ),
    ),
    Item(
        "Fuzzing",
        "rule files, configuration, JSON lines, quotations, review import, the whole check: atheris, random "
        "mutations of seeds, well-formed files of absurd values",
        ("tests/torture/test_fuzz.py", "tests/torture/test_found.py"),
        (
            "A rule that is no table, a category that is no word, a `tool` table that is none and deep nesting "
            "ended in tracebacks.",
        ),
    ),
    Item(
        "Denial of service",
        "sixty shapes of articles, check and fix, eight times as long: time within 3 times linear; every pattern "
        "pumped ten- and a hundredfold; hostile rules; articles of up to 100 MB, 1,000,000 lines, 100,000 marks, in "
        "memory of 12 times what Python holds of the text, and 1.5 KB a finding",
        ("tests/torture/test_growth.py",),
        (
            "60 KB of spaced commas took over a minute (exceptions searched anew for each match);",
            "20 KB of entities took minutes (difflib);",
            "7,500 fixes over two passes took over a minute (offsets mapped anew for each finding);",
            "two patterns took a square of a run of blanks;",
            "pages that are all residue were explained line by line;",
            "a headline in every line took a square of them (each copy looked at all lines before it);",
            "100 MB of prose with curly marks took 18 bytes a byte, twice what 12 is now counted in (small letters of all of it at once, a list of all words).",
        ),
    ),
    Item(
        "Faults",
        "kill -9 at random moments, full and read-only disks, permissions, links, two runs at once, files that grow "
        "or vanish, clocks set back",
        (
            "tests/torture/test_faults.py",
            "tests/batch/test_in_place.py",
            "tests/batch/test_troubles.py",
            "tests/batch/test_resume.py",
        ),
        (
            "A link in a folder led a fix to a file outside of it;",
            "a full disk tore the last line of the index in silence, and ended in a traceback;",
            "time stamps and extended attributes were lost.",
        ),
    ),
    Item(
        "Attacks on files",
        "links at every name that can be foreseen and swapped in between, planted stores and records, files of other "
        "users, outputs that meet or are inputs, kills while a file with several names is written over, renamed and moved "
        "files, `undo --rule`; nothing but cleantext/files opens a file for writing",
        (
            "tests/torture/test_attacks_on_files.py",
            "tests/files/test_one_place.py",
            "tests/batch/test_undo_by_rule.py",
        ),
        (
            "A link at a draft's name let an article overwrite any file of its reader;",
            "so did one at the name of an output's part, of the index of records, or of `.cleantext`;",
            "a kill while hard links were written over left a mix that nothing put back;",
            "files of one name met in the output directory, and an output directory could be that of the inputs;",
            "a nested store hid earlier fixes from `undo`, one damaged record stopped it, a renamed file was not found;",
            "plain `undo` after `undo --rule` did the edits again;",
            "records of what stood in a private file could be read by everybody.",
        ),
    ),
    Item(
        "File trees",
        "1,000 trees of links, hard links, modes, names, nested and planted stores through fix, undo, --output, --resume "
        "and two at once, killed at random steps: nothing outside changes, each file is old or new, undo is exact",
        ("tests/torture/test_trees.py",),
        (
            "A kill between two steps of the journal left a copy behind;",
            "`undo` left the drafts of killed runs.",
        ),
    ),
    Item(
        "Many files",
        "fix, undo, undo of moved files and --resume over 1,000 and 20,000 files: time within 1.3 times linear; "
        "choosing among 160,000 edits",
        ("tests/torture/test_growth_of_runs.py", "tests/engine/test_choosing_grows.py"),
        (
            "`undo` and `--resume` read the whole index for each file: 5,000 took half a minute;",
            "taking an edit moved all that were taken: 160,000 lines took eleven seconds.",
        ),
    ),
    Item(
        "Hostile files",
        "gzip and zstandard bombs under a memory limit, Parquet of odd types, paths of any bytes, junk under any name",
        ("tests/torture/test_bombs.py",),
        (
            "Both kinds of bombs ran out of memory;",
            "a value that Python cannot hold, or text that is not UTF-8, in one row of a table ended the run;",
            "a file name that is not UTF-8 broke SARIF and `fix --record`.",
        ),
    ),
    Item(
        "Screens and pages",
        "escape codes, direction marks and markup in articles, names, metadata, rules, configuration and decisions: "
        "none reaches a terminal, a workflow log, or the report's HTML; no CSV is written",
        ("tests/torture/test_screens.py",),
        ("Error messages, `quotes`, workflow annotations and lists of decisions passed escape codes on.",),
    ),
    Item(
        "Attacks at the doors",
        "a hostile repository under pre-commit, another user's configuration and stores, the doors of the review page, of a team's pages and of the service, "
        "servers that misbehave, odd lines, pages, tables, patterns and addresses: the threat model of docs/security.md",
        (
            "tests/annotation/test_annotation_round_trip.py",
            "tests/annotation/test_one_store.py",
            "tests/attacks/test_changed_lines.py",
            "tests/attacks/test_closed_doors.py",
            "tests/attacks/test_git_folder.py",
            "tests/attacks/test_hostile_repository.py",
            "tests/attacks/test_languagetool_servers.py",
            "tests/attacks/test_odd_inputs.py",
            "tests/attacks/test_ownership.py",
            "tests/attacks/test_pipes_and_links.py",
            "tests/attacks/test_planted_journals.py",
            "tests/attacks/test_planted_records.py",
            "tests/attacks/test_provenance.py",
            "tests/attacks/test_review_door.py",
            "tests/attacks/test_service_door.py",
            "tests/attacks/test_stores.py",
            "tests/attacks/test_team_door.py",
            "tests/batch/test_columns.py",
            "tests/batch/test_pages.py",
            "tests/review/test_review_article_browser.py",
            "tests/review/test_review_browser.py",
            "tests/review/test_review_marks.py",
            "tests/review/test_review_off_switch.py",
            "tests/review/test_review_page.py",
            "tests/review/test_review_shared.py",
            "tests/review/test_review_store.py",
            "tests/review/test_review_team.py",
            "tests/review/test_review_team_browser.py",
        ),
        (
            "A link at a draft's name let an article overwrite any file;",
            "a repository's configuration sent texts to any server and made files anywhere;",
            "another user's configuration and stores were believed;",
            "the review page's token stood in the browser's arguments;",
            "a JSON line's other values changed their spelling;",
            "389 KB of packed blank lines took over a minute;",
            "one server's answers were served for another's;",
            "a link to .git/config and a planted store made `undo .` write what git runs;",
            "a pipe among the files was waited for, for ever.",
        ),
    ),
    Item(
        "Mutation testing",
        "one change at a time in `edits`, `finding`, `matching`, `rulebook`; the tests must notice",
        (),
        (
            "78 % were noticed by the tests there were; those that name what the survivors were make up the rest.",
        ),
    ),
    Item(
        "Supply chain",
        "every distribution that a full installation brings is pinned, and its licence is in docs/licences.md",
        (),
        ("Nothing.",),
    ),
)
