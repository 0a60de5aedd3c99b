from collections.abc import Sequence

from cleantext.checks.boilerplate._forest import Forest
from cleantext.checks.boilerplate.facts import Facts

class Page:
    facts: Sequence[Facts]
    core: tuple[int, int]
    site: str
    words: int
    def __init__(
        self,
        lines: Sequence[str],
        title: str | None = None,
        url: str | None = None,
        source: str | None = None,
    ) -> None: ...
    def is_prose(self, i: int) -> bool: ...
    def function_share(self) -> float: ...
    def verdicts(self, forest: Forest, hopeless: float) -> list[tuple[int, float]]: ...
    def contributions(self, forest: Forest, i: int) -> dict[int, float]: ...
    def row(self, i: int) -> list[float]: ...
