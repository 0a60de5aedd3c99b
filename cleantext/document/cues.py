"""Cues: the words that say that somebody says, thinks or wants something."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from cleantext.document.words import word_list, words


class Verb(NamedTuple):
    """One form of a cue.

    ``says``: a verb of saying, which may stand beside direct speech, and before
    its subject. ``form``: "base", "s", "ing" or "past". ``manner``: a verb of the manner
    of speaking, which reports nothing but words in quotation marks beside it. ``reports`` is false of a verb that
    reports nobody's words and only tells who acts.
    """

    lemma: str
    says: bool
    form: str
    manner: bool = False
    reports: bool = True


@cache
def verbs() -> dict[str, Verb]:
    """Return all cue verbs by their forms; a verb of saying wins where two lists share a form."""
    forms: dict[str, Verb] = {}
    lists = (
        ("attribution-say", True, False),
        ("attribution-think", False, False),
        ("attribution-manner", True, True),
        ("attribution-acts", False, False),
    )
    for name, says, manner in lists:
        for entry in word_list(name):
            lemma, *irregular = entry.split()
            for form, kind in _inflect(lemma, irregular):
                forms.setdefault(form, Verb(lemma, says, kind, manner, name != "attribution-acts"))
    for form in words("attribution-not-cues") - words("attribution-of-several"):
        verb = forms.pop(form, None)
        if verb is not None and verb.says and verb.form == "s":
            forms[form] = verb._replace(manner=True)  # "“…,” states Berg": elsewhere it is a noun as a rule
    return forms


def may_tag(word: str) -> bool:
    """Whether a word may be the verb of a tag, "…", she said: a verb of saying, in the past or the third person."""
    verb = verbs().get(word)
    return verb is not None and verb.says and verb.form in ("past", "s")


def _inflect(lemma: str, irregular: list[str]) -> list[tuple[str, str]]:
    if irregular:
        present, participle, *past = irregular
        return [(lemma, "base"), (present, "s"), (participle, "ing"), *[(form, "past") for form in past]]
    if lemma.endswith("e"):
        return [(lemma, "base"), (lemma + "s", "s"), (lemma[:-1] + "ing", "ing"), (lemma + "d", "past")]
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return [
            (lemma, "base"),
            (lemma[:-1] + "ies", "s"),
            (lemma + "ing", "ing"),
            (lemma[:-1] + "ied", "past"),
        ]
    sibilant = lemma.endswith(("s", "sh", "ch", "x", "z"))
    return [
        (lemma, "base"),
        (lemma + ("es" if sibilant else "s"), "s"),
        (lemma + "ing", "ing"),
        (lemma + "ed", "past"),
    ]


@cache
def nouns() -> frozenset[str]:
    """Return the nouns that report speech or thought ("claim", "statement")."""
    return words("attribution-nouns")


@cache
def moods() -> frozenset[str]:
    """Return the adjectives that report what somebody thinks or feels ("is confident that")."""
    return words("attribution-moods")
