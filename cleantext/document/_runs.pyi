from array import array
from collections.abc import Iterable

class RunScanner:
    def __init__(self, dotted: Iterable[str]) -> None: ...
    def spans(self, text: str) -> tuple[array[int], array[int]]: ...

def runs_holding(
    text: str, starts: array[int], ends: array[int], parts: list[str]
) -> list[tuple[int, int]]: ...
