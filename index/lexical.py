"""Free text -> a safe FTS5 query, and BM25 search over the store's chunks."""

from __future__ import annotations

import re
import sqlite3

import numpy as np
import numpy.typing as npt

MAX_TERMS = 64
_TERM = re.compile(r"\d+(?:[.,:]\d+)+|[^\W_]+")
_COMMON = frozenset(
    "a about after all also am an and any are as at be been before being but by can could did do does "
    "doing for from had has have having he her here him his how i if in into is it its just me more "
    "most my no nor not of on or our s she so some such t than that the their them then there these "
    "they this those to too up us very was we were what when where which while who whom whose why will "
    "with would you your".split()
)


def lexical_query(text: str) -> str:
    """FTS5 query for chunks that hold any of the words of `text`; empty where it has no words.

    Every word is quoted, so that nothing in it is read as syntax. Common English words count only where
    there are no others. At most `MAX_TERMS` different words are used.
    """
    terms = list(dict.fromkeys(term.lower() for term in _TERM.findall(text)))
    telling = [term for term in terms if term not in _COMMON] or terms
    return " OR ".join(f'"{term}"' for term in telling[:MAX_TERMS])


def search_lexical(
    connection: sqlite3.Connection, query: str, top_k: int, allowed: npt.NDArray[np.int64] | None
) -> list[tuple[int, float]]:
    """Chunk keys and their BM25 (higher is better), best first, among the `allowed` keys only."""
    if not query or top_k <= 0 or (allowed is not None and not len(allowed)):
        return []
    sql = "SELECT rowid, -rank FROM fts WHERE fts MATCH ? ORDER BY rank"
    if allowed is None:
        return [(key, score) for key, score in connection.execute(f"{sql} LIMIT ?", (query, top_k))]
    ordered = np.sort(allowed)
    found: list[tuple[int, float]] = []
    cursor = connection.execute(sql, (query,))
    # Read on only as far as it takes: with most chunks allowed the first rows are enough.
    while len(found) < top_k and (rows := cursor.fetchmany(4 * top_k + 100)):
        keys = np.fromiter((key for key, _ in rows), dtype=np.int64, count=len(rows))
        at = np.minimum(np.searchsorted(ordered, keys), len(ordered) - 1)
        found += [row for row, kept in zip(rows, ordered[at] == keys, strict=True) if kept]
    cursor.close()
    return [(key, score) for key, score in found[:top_k]]
