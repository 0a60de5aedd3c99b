"""The tables of the working store.

Events are the truth; ``findings.state`` only says what follows from them, so that a
queue of 200,000 opens at once. ``documents.scan`` is the number of the last scan that
saw an article. ``opinions`` has a row for each reviewer who is asked about a finding, with what
follows from their own events; reviewers of before are kept, marked as revoked.
"""

VERSION = 2

TEAM = (
    """create table reviewers (
        id integer primary key, name text unique not null, reviews integer not null default 1,
        adjudicates integer not null default 0, since text not null,
        revoked text not null default '')""",
    """create table opinions (
        reviewer integer not null references reviewers, finding integer not null,
        state text not null default 'open', seq integer not null default 0,
        primary key (reviewer, finding)) without rowid""",
    "create index opinions_by_finding on opinions (finding, reviewer)",
)
"""What version 2 added: several reviewers."""

SCHEMA = (
    "create table meta (key text primary key, value text) without rowid",
    "create table rules (rule text primary key, version text) without rowid",
    """create table documents (
        id integer primary key, name text unique not null, path text not null, line integer,
        scan integer not null, sum text not null)""",
    "create table articles (document integer primary key, article blob not null)",
    """create table findings (
        id integer primary key, document integer not null references documents, key text not null,
        grp text not null, rule text not null, category text not null, applicability text not null,
        confidence real not null, state text not null default 'open', seq integer not null default 0,
        rank integer not null default 0, proposal text, unique (document, key))""",
    # What is wide lies apart, so that the queue reads little.
    """create table details (
        finding integer primary key, before text not null, after text not null, data blob not null)""",
    """create index findings_by_group on findings
        (grp, state, applicability, rule, category, confidence, document, rank)""",
    """create index findings_by_rank on findings
        (rank, state, applicability, rule, category, confidence, document, grp)""",
    """create index findings_by_state on findings
        (applicability, state, document, rule, category, confidence, rank)""",
    """create index findings_by_rule on findings
        (rule, state, applicability, category, confidence, document, rank)""",
    """create table events (
        seq integer primary key autoincrement, uid text unique not null, time text not null,
        who text not null, verdict text not null, scope text not null, rule text not null,
        document text not null, key text not null, grp text not null, undoes text not null,
        batch text not null, data blob not null)""",
    "create index events_by_target on events (document, key)",
    "create index events_by_group on events (grp, scope)",
    "create index events_by_rule on events (rule)",
    "create index events_by_time on events (time)",
    "create index events_by_undoing on events (undoes) where undoes != ''",
    "create index events_by_batch on events (batch) where batch != ''",
    *TEAM,
)
"""All that a new store has."""

MIGRATIONS = {1: TEAM}
"""What brings a store of a version to the next one; nothing is ever taken out."""
