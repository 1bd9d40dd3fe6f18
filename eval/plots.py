"""Small charts as SVG text, with nothing loaded from elsewhere. All text is escaped."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

WIDTH = 640
ROW = 26
LABEL = 240
RIGHT = 90
CHARACTER = 7  # width of a letter, about


class Bar(NamedTuple):
    """One bar: `value` of `most`, what is written after it, and its interval where it has one."""

    label: str
    value: float
    shown: str
    low: float | None = None
    high: float | None = None


def bars(rows: Sequence[Bar], most: float, title: str) -> str:
    """Horizontal bars from 0 to `most`, each with its interval as a line.

    Labels stand beside the bars, or above them where one is too long for that.
    """
    above = any(len(row.label) > LABEL / CHARACTER for row in rows)
    left, height = (8, 2 * ROW - 4) if above else (LABEL, ROW)
    scale = (WIDTH - left - RIGHT) / (most or 1)
    parts = []
    for i, row in enumerate(rows):
        top = i * height + (ROW - 6 if above else 0)
        middle = top + ROW / 2
        place = f'x="{left}" y="{top}"' if above else f'x="{left - 8}" y="{middle + 4}" text-anchor="end"'
        parts.append(f"<text {place}>{escape(row.label)}</text>")
        wide = f"{row.value * scale:.1f}"
        parts.append(f'<rect class="bar" x="{left}" y="{top + 5}" width="{wide}" height="{ROW - 10}"/>')
        if row.low is not None and row.high is not None:
            low, high = left + row.low * scale, left + row.high * scale
            parts.append(f'<path class="whisker" d="M{low:.1f} {middle}H{high:.1f}"/>')
        after = left + row.value * scale + 8 if above else WIDTH - RIGHT + 8
        parts.append(f'<text x="{after:.1f}" y="{middle + 4}">{escape(row.shown)}</text>')
    return _svg(len(rows) * height + 4, parts, title)


def curve(points: Sequence[tuple[float, float]], title: str, x_name: str, y_name: str, *, x_most: float = 1) -> str:
    """Line through points with both axes from 0, y to 1."""
    x_most = _round_up(x_most)
    height, left, bottom, top = 260, 60, 44, 12
    wide, high = WIDTH - left - 20, height - bottom - top
    places = [(left + x / (x_most or 1) * wide, top + (1 - y) * high) for x, y in points]
    line = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places) if places else ""
    parts = [f'<path class="axis" d="M{left} {top}V{top + high}H{left + wide}"/>']
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = top + (1 - share) * high
        x = left + share * wide
        parts.append(f'<path class="grid" d="M{left} {y}H{left + wide}"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{share:.0%}</text>')
        label = f"{share:.0%}" if x_most == 1 else f"{share * x_most:,.0f}"
        parts.append(f'<text x="{x}" y="{top + high + 17}" text-anchor="middle">{label}</text>')
    parts.append(f'<path class="line" d="{line}"/>' if line else "")
    parts.append(f'<text x="{left + wide / 2}" y="{height - 6}" text-anchor="middle">{escape(x_name)}</text>')
    middle = top + high / 2
    turned = f'x="14" y="{middle}" text-anchor="middle" transform="rotate(-90 14 {middle})"'
    parts.append(f"<text {turned}>{escape(y_name)}</text>")
    return _svg(height, parts, title)


def _round_up(value: float) -> float:
    """Smallest of 1, 2, 4, 6 or 8 times a power of ten that is not smaller: its quarters are easy to read."""
    power = 10.0 ** math.floor(math.log10(value)) if value > 0 else 1.0
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= value)


def _svg(height: float, parts: Sequence[str], title: str) -> str:
    drawn = f'viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}"'
    return f'<div class="wide"><svg {drawn}>{"".join(parts)}</svg></div>'
