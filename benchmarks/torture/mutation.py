"""Mutation testing: change one thing in a module, run its tests, and see whether any of them notices.

Each mutant is a forked process in which the module is imported from a changed syntax
tree; its tests run until the first one fails. What survives is a promise that no
test holds. The operators are those of cosmic-ray (comparisons, arithmetic, logic,
numbers, loops, conditions, returned values); strings are left alone, since most of
them are messages.

    python -m benchmarks.torture.mutation [--sample N] [--module NAME] [--output FILE]
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import itertools
import json
import os
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ("test_rulebook.py", "test_rulebook_mutants.py", "test_authoring.py", "test_settings.py")
TESTS: dict[str, tuple[str, ...]] = {
    "cleantext.edits": ("test_edits.py", "test_edits_mutants.py"),
    "cleantext.finding": ("test_edits.py", "test_edits_mutants.py"),
    "cleantext.matching.engine": (
        "test_passed_over.py",
        "test_matching.py",
        "test_matching_mutants.py",
        "test_rulebook.py",
    ),
    "cleantext.matching.literals": ("test_matching_mutants.py", "test_matching.py"),
    "cleantext.matching.pattern": (
        "test_passed_over.py",
        "test_matching_mutants.py",
        "test_verified_lines.py",
        "test_matching.py",
        "test_rulebook.py",
    ),
    "cleantext.matching.reach": ("test_verified_lines.py", "test_matching_mutants.py", "test_matching.py"),
    "cleantext.matching.sets": ("test_literal_sets.py", "test_matching.py"),
    "cleantext.matching.sieves": ("test_matching_mutants.py", "test_matching.py"),
    "cleantext.matching.superset": ("test_matching.py", "test_matching_mutants.py"),
    "cleantext.matching.syntax": ("test_matching_mutants.py", "test_matching.py"),
    "cleantext.rulebook.authoring": ENGINE,
    "cleantext.rulebook.calibration": ENGINE,
    "cleantext.rulebook.card": ENGINE,
    "cleantext.rulebook.lexicon": ENGINE,
    "cleantext.rulebook.loading": ENGINE,
    "cleantext.rulebook.problems": ENGINE,
    "cleantext.rulebook.selection": ENGINE,
    "cleantext.rulebook.template": ENGINE,
}
"""Module -> the files below tests/engine that speak for it, the quickest to notice first."""

_COMPARE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


class Mutant(NamedTuple):
    """One change: where, what was there and what stands there now; the how-many-eth place, changed in which way."""

    module: str
    line: int
    old: str
    new: str
    place: int
    way: int

    def tree(self) -> ast.Module:
        """Return the whole changed module."""
        tree = ast.parse(path_of(self.module).read_text("utf-8"))
        parent, field, index = next(itertools.islice(_places(tree), self.place, None))
        value = getattr(parent, field)
        node = value if index is None else value[index]
        change = list(_changes(node))[self.way]
        ast.copy_location(change, node)
        if index is None:
            setattr(parent, field, change)
        else:
            value[index] = change
        return ast.fix_missing_locations(tree)


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what a node may be changed into."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for operator in _COMPARE[type(node.ops[0])]:
            yield ast.Compare(node.left, [operator()], node.comparators)
    elif isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        yield ast.BinOp(node.left, _ARITHMETIC[type(node.op)](), node.right)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        changed = copy.copy(node)
        changed.test = ast.UnaryOp(ast.Not(), node.test)
        yield changed
    elif isinstance(node, ast.For):
        changed = copy.copy(node)
        changed.iter = ast.Tuple([], ast.Load())
        yield changed
    elif isinstance(node, ast.Break):
        yield ast.Continue()
    elif isinstance(node, ast.Continue):
        yield ast.Break()
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield ast.Return(ast.Constant(None))


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _places(tree: ast.Module) -> Iterator[tuple[ast.AST, str, int | None]]:
    """Yield each node that code is made of as (parent, field, index): no annotations, no type aliases."""
    stack: list[ast.AST] = [tree]
    while stack:
        parent = stack.pop()
        for field, value in ast.iter_fields(parent):
            if field in ("annotation", "returns", "decorator_list", "type_params"):
                continue
            if isinstance(parent, ast.If) and ast.unparse(parent.test) == "TYPE_CHECKING":
                continue
            items = value if isinstance(value, list) else [value]
            for index, item in enumerate(items):
                if isinstance(item, ast.AST):
                    yield parent, field, index if isinstance(value, list) else None
                    stack.append(item)


def mutants(module: str) -> list[Mutant]:
    """Return every mutant of a module, in the order of its lines."""
    path = path_of(module)
    tree = ast.parse(path.read_text("utf-8"))
    made = []
    for number, (parent, field, index) in enumerate(list(_places(tree))):
        value = getattr(parent, field)
        node = value if index is None else value[index]
        for way, change in enumerate(_changes(node)):
            ast.copy_location(change, node)
            made.append(Mutant(module, getattr(node, "lineno", 0), _shown(node), _shown(change), number, way))
    return sorted(made, key=lambda mutant: (mutant.line, mutant.old, mutant.new))


def _shown(node: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(node)).split("\n")[0][:90]


def path_of(module: str) -> Path:
    """Return the file of a module."""
    return ROOT / (module.replace(".", "/") + ".py")


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, tree: ast.Module) -> None:
        super().__init__(name, path)
        self._tree = tree

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._tree, self.path, "exec")


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self._mutant.module:
            return None
        file = str(path_of(name))
        return importlib.util.spec_from_file_location(
            name, file, loader=_Loader(name, file, self._mutant.tree())
        )


def _child(mutant: Mutant | None, tests: Sequence[str], seconds: float) -> int:
    """Fork; the child runs the tests and exits with pytest's code. Returns its process id."""
    pid = os.fork()
    if pid:
        return pid
    code = 99
    try:
        os.setpgid(0, 0)
        limit = int(seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        if mutant is not None:
            sys.meta_path.insert(0, _Finder(mutant))
        import pytest

        code = int(pytest.main([*tests, "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]))
    finally:
        os._exit(code)


def _tests(module: str) -> tuple[str, ...]:
    folder = ROOT / "tests" / "engine"
    return tuple(str(folder / name) for name in TESTS[module] if (folder / name).is_file())


def _wait(pid: int, seconds: float) -> int | None:
    """Return the exit code of a child; None where it was ended for taking too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return None


def run(modules: Sequence[str], *, sample: int | None = None) -> dict[str, object]:
    """Try the mutants of some modules, or a fair sample of them; return counts and survivors.

    ``broken`` names modules whose tests fail as they are: nothing can be said of those.
    """
    os.environ["HYPOTHESIS_PROFILE"] = "mutation"
    os.environ["CI"] = ""
    sys.path.insert(0, str(ROOT / "tests"))
    for heavy in (
        "pytest",
        "hypothesis",
        "regex",
        "re2",
        "msgspec",
        "jsonschema",
        "tomllib",
        "_pytest.assertion.rewrite",
    ):
        importlib.import_module(heavy)  # once for all children; nothing of ours
    every = [mutant for module in modules for mutant in mutants(module)]
    chosen = every if sample is None or sample >= len(every) else random.Random(10).sample(every, sample)
    limits: dict[tuple[str, ...], float] = {}
    counts: Counter[str] = Counter()
    by_module: dict[str, Counter[str]] = {}
    survivors = []
    broken: list[str] = []
    for mutant in chosen:
        if mutant.module in broken:
            continue
        tests = _tests(mutant.module)
        if tests not in limits:
            start = time.monotonic()
            code = _wait(_child(None, tests, 900), 900)
            if code != 0:
                print(f"the tests of {mutant.module} fail by themselves (pytest says {code})", flush=True)
                broken.append(mutant.module)
                continue
            limits[tests] = 20 + 6 * (time.monotonic() - start)
        limit = limits[tests]
        code = _wait(_child(mutant, tests, limit), limit)
        said = "survived" if code == 0 else "timed out" if code is None else "killed"
        counts[said] += 1
        by_module.setdefault(mutant.module, Counter())[said] += 1
        if said == "survived":
            survivors.append(f"{mutant.module}:{mutant.line}: {mutant.old}  →  {mutant.new}")
            print(survivors[-1], flush=True)
    tried = counts.total()
    return {
        "mutants": len(every),
        "tried": tried,
        "killed": counts["killed"] + counts["timed out"],
        "share": round((tried - counts["survived"]) / max(1, tried), 4),
        "modules": {name: dict(found) for name, found in by_module.items()},
        "survivors": survivors,
        "broken": broken,
    }


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", type=int)
    parser.add_argument("--module", action="append")
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args()
    modules = [name for name in TESTS if not asked.module or any(part in name for part in asked.module)]
    result = run(modules, sample=asked.sample)
    if asked.output:
        asked.output.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(json.dumps({key: value for key, value in result.items() if key != "survivors"}, indent=1))


if __name__ == "__main__":
    main()
