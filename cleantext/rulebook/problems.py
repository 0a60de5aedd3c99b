"""What is wrong with a rule file, said so that its author can mend it."""

from __future__ import annotations

import regex

_KINDS = {
    "array": "a list in brackets",
    "bool": "true or false",
    "float": "a number",
    "int": "a whole number",
    "object": "a table",
    "str": "text in quotation marks",
}
_EXPECTED = regex.compile(r"Expected `([^`]*)`, got `([^`]*)`")


def in_plain_words(error: str) -> str:
    """Say what msgspec says of a value of the wrong kind in words of TOML: "must be a number, not true or false"."""

    def said(match: regex.Match[str]) -> str:
        wanted = [kind for kind in match.group(1).split(" | ") if kind != "null"]
        names = " or ".join(_KINDS.get(kind, kind) for kind in wanted)
        return f"must be {names}, not {_KINDS.get(match.group(2), match.group(2))}"

    return str(_EXPECTED.sub(said, error))


class RuleError(ValueError):
    """A broken rule file: where, what, and what to write instead."""

    def __init__(self, path: str, line: int, problem: str, advice: str = "") -> None:
        """Keep the parts; the message is ``path:line: problem`` with the advice indented below.

        ``line`` is 0 where the file as a whole is meant, and left out of the message then.
        """
        self.path, self.line, self.problem, self.advice = path, line, problem, advice
        message = f"{path}:{line}: {problem}" if line else f"{path}: {problem}"
        if advice:
            message += "\n" + "\n".join("    " + row for row in advice.splitlines())
        super().__init__(message)
