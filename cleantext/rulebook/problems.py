"""What is wrong with a rule file, said so that its author can mend it."""

from __future__ import annotations


class RuleError(ValueError):
    """A broken rule file: where, what, and what to write instead."""

    def __init__(self, path: str, line: int, problem: str, advice: str = "") -> None:
        """Keep the parts; the message is ``path:line: problem`` with the advice indented below."""
        self.path, self.line, self.problem, self.advice = path, line, problem, advice
        message = f"{path}:{line}: {problem}"
        if advice:
            message += "\n" + "\n".join("    " + row for row in advice.splitlines())
        super().__init__(message)
