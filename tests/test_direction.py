"""The one direction of the code: index <- rag <- {app, eval}, and who may look outside."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = {"index", "rag", "app", "eval", "training", "tests"}
MAY_IMPORT = {
    "index": {"index"},
    "rag": {"index", "rag"},
    "app": {"index", "rag", "app"},
    "eval": {"index", "rag", "eval"},
    "training": {"index", "rag", "eval", "training"},
}
CLI = ROOT / "rag" / "cli.py"  # puts the parts together: its commands may call app and eval, inside functions
LOOKS_OUTSIDE = {"app", "eval", "training"}  # and the CLI
MAY_READ = {ROOT / "rag" / "writing" / "weights.py"}  # the user's cache folder is where the environment says


def modules(part):
    if part == "app":
        return [ROOT / "app.py"] if (ROOT / "app.py").exists() else []
    return sorted((ROOT / part).rglob("*.py"))


def imports(nodes):
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module, node


@pytest.mark.parametrize("part", list(MAY_IMPORT))
def test_imports_point_one_way(part):
    wrong = []
    for path in modules(part):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        nodes = tree.body if path == CLI else ast.walk(tree)
        for name, node in imports(nodes):
            top = name.split(".")[0]
            if top in OURS - MAY_IMPORT[part]:
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} imports {name}")
    assert wrong == []


def test_only_app_cli_and_eval_read_environment_and_arguments():
    wrong = []
    for part in set(MAY_IMPORT) - LOOKS_OUTSIDE:
        for path in modules(part):
            if path in {CLI, *MAY_READ}:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and ast.unparse(node) in {
                    "os.environ",
                    "os.getenv",
                    "sys.argv",
                }:
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} reads {ast.unparse(node)}")
    assert wrong == []


def test_the_packages_are_not_imported_as_one_name():
    """`import index` and `import eval` would hide which module is meant."""
    wrong = []
    for part in MAY_IMPORT:
        for path in modules(part):
            for name, node in imports(ast.walk(ast.parse(path.read_text(encoding="utf-8")))):
                if isinstance(node, ast.Import) and name in OURS - {"app"}:
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []
