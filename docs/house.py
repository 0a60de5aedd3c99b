"""The house as its imports draw it: ``python docs/house.py`` writes ``docs/pictures/house.svg``; a test holds it to the tree.

Rooms are packages and modules directly below ``cleantext``. All imports count, those for the type checker alone and
those inside functions, too. A room stands on the floor above the highest of the rooms that it imports; an arrow is
left out where a way through other rooms says the same.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "cleantext"
PICTURE = Path(__file__).resolve().parent / "pictures" / "house.svg"
_DOORS = frozenset(["cleantext", "cleantext.__main__"])
"""They lead to other modules by name, when first asked."""
_WIDTH, _HEIGHT, _GAP, _FLOOR = 7, 26, 14, 62

Graph = Mapping[str, frozenset[str]]


def imports() -> dict[str, frozenset[str]]:
    """Return each module of the package and the modules of it that it imports."""
    names = {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
    return {
        name: frozenset(_imported(path, names)) - {name} for name, path in names.items() if name not in _DOORS
    }


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(path: Path, names: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            # What is imported of a package is a module of it, or stands in its `__init__`.
            found = [name if name in names else node.module for name in inner]
        else:
            continue
        yield from (name for name in found if name in names and name not in _DOORS)


def rooms(modules: Graph) -> dict[str, frozenset[str]]:
    """Return each room and the rooms that it imports."""
    found: dict[str, set[str]] = {}
    for module, others in modules.items():
        room = module.split(".")[1]
        found.setdefault(room, set()).update(other.split(".")[1] for other in others)
    return {room: frozenset(others - {room}) for room, others in sorted(found.items())}


def circles(graph: Graph) -> list[list[str]]:
    """Return the sets of nodes that lead back to themselves; none in a house in order."""
    reached = {node: _reached(graph, node) for node in graph}
    found = {tuple(sorted(n for n in reached[node] if node in reached[n])) for node in graph}
    return sorted(list(circle) for circle in found if len(circle) > 1)


def _reached(graph: Graph, start: str) -> frozenset[str]:
    """Return all that one comes to from a node, the node itself only where a circle leads back."""
    seen: set[str] = set()
    left = [*graph[start]]
    while left:
        node = left.pop()
        if node not in seen:
            seen.add(node)
            left += graph[node]
    return frozenset(seen)


def needed(graph: Graph) -> dict[str, frozenset[str]]:
    """Return the arrows that no way through others says already."""
    reached = {node: _reached(graph, node) for node in graph}
    return {
        node: frozenset(o for o in others if not any(o in reached[via] for via in others if via != o))
        for node, others in graph.items()
    }


def floors(graph: Graph) -> list[list[str]]:
    """Return the rooms floor by floor, from the ground up; a room below all others that import it."""
    floor: dict[str, int] = {}

    def of(node: str) -> int:
        if node not in floor:
            floor[node] = 1 + max((of(other) for other in graph[node]), default=-1)
        return floor[node]

    for node in graph:
        of(node)
    return [sorted(node for node in graph if floor[node] == n) for n in range(max(floor.values()) + 1)]


def picture(graph: Graph) -> str:
    """Draw the rooms as boxes, the entrance at the top, and the arrows that are needed."""
    rows = list(reversed(floors(graph)))
    side = 20 + max(sum(len(room) * _WIDTH + 20 + _GAP for room in row) for row in rows)
    boxes: dict[str, tuple[float, float, float]] = {}
    for number, row in enumerate(rows):
        widths = [len(room) * _WIDTH + 20 for room in row]
        x = (side - sum(widths) - _GAP * (len(row) - 1)) / 2
        for room, width in zip(row, widths, strict=True):
            boxes[room] = (x, 10 + number * _FLOOR, width)
            x += width + _GAP
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {10 + len(rows) * _FLOOR}" '
        'font-family="ui-monospace, monospace" font-size="11">',
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for room, others in needed(graph).items():
        for other in sorted(others):
            x, y, width = boxes[room]
            to_x, to_y, to_width = boxes[other]
            from_y, middle = y + _HEIGHT, (y + _HEIGHT + to_y) / 2
            out.append(
                f'<path d="M{x + width / 2:.0f} {from_y:.0f}C{x + width / 2:.0f} {middle:.0f} '
                f'{to_x + to_width / 2:.0f} {middle:.0f} {to_x + to_width / 2:.0f} {to_y:.0f}" '
                'fill="none" stroke="#94a3b8" stroke-width="1"/>'
            )
    for room, (x, y, width) in boxes.items():
        fill = "#e0f2fe" if (PACKAGE / room).is_dir() else "#f8fafc"
        out.append(
            f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{_HEIGHT}" rx="4" fill="{fill}" '
            f'stroke="#334155"/><text x="{x + width / 2:.0f}" y="{y + 17:.0f}" text-anchor="middle">{room}</text>'
        )
    return "\n".join([*out, "</svg>"]) + "\n"


if __name__ == "__main__":
    PICTURE.write_text(picture(rooms(imports())), "utf-8")
