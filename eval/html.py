"""The report of a run as one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from eval.plots import Bar, bars, curve
from eval.scoring import Cited, Scored
from eval.table import SHARES, lines, share

STYLE = Path(__file__).with_name("report.css")


def write_html(path: Path, results: Mapping[str, Any], rows: Sequence[Scored]) -> None:
    """Write the report."""
    path.write_text(page(results, rows), encoding="utf-8")


def page(results: Mapping[str, Any], rows: Sequence[Scored]) -> str:
    """Whole page: figures, charts, wrong answers by cause with their evidence, and the machine."""
    blocks = [
        "<h1>Presstime: answers scored</h1>",
        f'<p class="soft">{escape(_measured_on(results))}</p>',
        "<h2>Figures</h2>",
        _table(results),
        "".join(f"<p>{escape(text)}</p>" for text in lines(results, causes=False)),
        _every_measure(results["groups"]),
        "<h2>Right answers by kind, with 95% intervals</h2>",
        _kinds(results["kinds"]),
        "<h2>Wrong among the answers above each confidence</h2>",
        _risk(results["risk_coverage"]),
        "<h2>Time to the whole answer</h2>",
        _latency(rows),
        "<h2>Wrong answers by cause</h2>",
        _causes(results["causes"]),
        *_wrong(results["causes"], rows),
        "<h2>Measured on</h2>",
        _list({**results["environment"], **_settings(results["settings"]), "models": results["models"]}),
    ]
    style = STYLE.read_text(encoding="utf-8")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Presstime: answers scored</title><style>{style}</style></head>"
        f"<body>{''.join(blocks)}</body></html>\n"
    )


def _measured_on(results: Mapping[str, Any]) -> str:
    where = results["environment"]
    changed = f" with {where['changed_files']} changed files" if where["changed_files"] else ""
    commit = (where["commit"] or "unknown")[:12]
    return f"{results['n']} questions, commit {commit}{changed}, {where['processor']}"


def _table(results: Mapping[str, Any]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in ("", "n", *SHARES.values(), "words"))
    body = [_row(name, group, "group") for name, group in results["groups"].items()]
    body += [_row(name, group, "") for name, group in results["kinds"].items()]
    rows = f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody>"
    return f'<div class="wide" tabindex="0"><table>{rows}</table></div>'


def _row(name: str, group: Mapping[str, Any], css: str) -> str:
    cells = [f"<td>{escape(name)}</td>", f"<td>{group['n']}</td>"]
    for measure in SHARES:
        found = group["measures"].get(measure)
        between = f"<small>{100 * found['low']:.0f}–{share(found['high'])}</small>" if found else ""
        cells.append(f"<td>{share(found['mean'] if found else None)}{between}</td>")
    words = group["measures"].get("words")
    cells.append(f"<td>{words['mean']:.0f}</td>" if words else "<td>-</td>")
    return f'<tr class="{css}">{"".join(cells)}</tr>'


def _every_measure(groups: Mapping[str, Any]) -> str:
    """Every measure of the questions that have an answer, folded away."""
    found = groups.get("answerable", {}).get("measures", {})
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{value['mean']:.3f}</td><td>{value['low']:.3f}</td>"
        f"<td>{value['high']:.3f}</td><td>{value['n']}</td></tr>"
        for name, value in found.items()
    )
    head = "<tr><th>answerable questions</th><th>mean</th><th>low</th><th>high</th><th>n</th></tr>"
    return f"<details><summary>Every measure</summary><table>{head}{rows}</table></details>"


def _kinds(kinds: Mapping[str, Any]) -> str:
    rows = []
    for name, group in kinds.items():
        found = group["measures"]["correct"]
        rows.append(Bar(name, found["mean"], f"{group['right']} of {group['n']}", found["low"], found["high"]))
    return bars(rows, 1, "Right answers by kind")


def _risk(found: Mapping[str, Any]) -> str:
    points = [(point["coverage"], point["risk"]) for point in found["points"]]
    area = "" if found["area"] is None else f'<p class="soft">Area under the curve: {found["area"]:.3f}</p>'
    title = "Share wrong against share answered"
    return curve(points, title, "questions answered, most confident first", "wrong") + area


def _latency(rows: Sequence[Scored]) -> str:
    times = sorted(row.measures["whole_ms"] for row in rows if "whole_ms" in row.measures)
    points = [(ms, i / len(times)) for i, ms in enumerate(times, start=1)]
    title = "Share of answers finished against time"
    return curve(points, title, "milliseconds", "answers finished", x_most=max(times, default=1))


def _causes(causes: Mapping[str, int]) -> str:
    if not causes:
        return "<p>No wrong answers.</p>"
    return bars([Bar(name, count, str(count)) for name, count in causes.items()], max(causes.values()), "Causes")


def _wrong(causes: Mapping[str, int], rows: Sequence[Scored]) -> Iterable[str]:
    for cause, count in causes.items():
        yield f"<h3>{escape(cause)} ({count})</h3>"
        yield from (_case(row) for row in rows if row.cause == cause)


def _case(row: Scored) -> str:
    facts = {
        "expected": " | ".join(row.expected) if row.kind != "unanswerable" else "not in the coverage",
        "got": row.text,
        "cited": _passages(row.cited) or "nothing",
        "evidence": "\n".join(row.evidence) or "none",
        "read first": _passages(row.read) or "nothing",
        "unsupported": "; ".join(row.unsupported) or "none",
        "confidence": f"{row.confidence:.2f}",
    }
    items = "".join(
        f'<dt>{name}</dt><dd class="{"got" if name == "got" else ""}">{escape(text)}</dd>'
        for name, text in facts.items()
    )
    head = f"{row.id} ({row.kind}): {row.question}"
    return f"<details><summary>{escape(head)}</summary><dl>{items}</dl></details>"


def _passages(found: Sequence[Cited]) -> str:
    return "\n".join(f"{one.label}: {one.quote}" for one in found)


def _settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if name != "questions"}


def _list(facts: Mapping[str, Any]) -> str:
    items = "".join(f"<dt>{escape(n.replace('_', ' '))}</dt><dd>{escape(_plain(v))}</dd>" for n, v in facts.items())
    return f"<dl>{items}</dl>"


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {v}" for name, v in value.items())
    return str(value)
