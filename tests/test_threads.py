"""Workers that run in threads."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import backdrop_tui

_PACKAGE = Path(backdrop_tui.__file__).parent


def _workers() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every method that runs in a thread, with its module and name."""
    for path in sorted(_PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and "thread=True" in map(
                ast.unparse,
                (word for how in node.decorator_list if isinstance(how, ast.Call) for word in how.keywords),
            ):
                yield f"{path.stem}.{node.name}", node


def _first(body: list[ast.stmt]) -> ast.stmt:
    """The first statement of a function after its docstring."""
    steps = [
        step for step in body if not (isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant))
    ]
    return _first(steps[0].body) if isinstance(steps[0], ast.Try) else steps[0]


def _asks_for_app(node: ast.AST) -> int:
    return sum(
        ast.unparse(part) in {"self.app", "self.host"}
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute)
    )


@pytest.mark.parametrize(("name", "worker"), [pytest.param(*worker, id=worker[0]) for worker in _workers()])
def test_a_worker_asks_for_its_app_once_and_first_because_a_screen_that_was_left_has_none(
    name: str, worker: ast.FunctionDef
) -> None:
    asked = _asks_for_app(worker)
    assert asked <= 1, f"{name} asks {asked} times"
    assert asked == _asks_for_app(_first(worker.body)), f"{name} asks late"


def test_there_are_workers() -> None:
    assert len(list(_workers())) > 20
