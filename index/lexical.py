"""Free text -> a safe FTS5 query, and BM25 search over the store's chunks."""

from __future__ import annotations

import math
import re
import sqlite3

import numpy as np
import numpy.typing as npt

MAX_TERMS = 64
K1, B = 1.2, 0.75  # fixed in FTS5, https://sqlite.org/fts5.html#the_bm25_function
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
    """Chunk keys and their BM25 (higher is better), best first, among the `allowed` keys only.

    With `allowed`, other chunks do not exist for the scores either.
    """
    if not query or top_k <= 0 or (allowed is not None and not len(allowed)):
        return []
    sql = "SELECT rowid, -rank FROM fts WHERE fts MATCH ? ORDER BY rank"
    if allowed is None:
        return [(key, score) for key, score in connection.execute(f"{sql} LIMIT ?", (query, top_k))]
    return _search_allowed(connection, query.split(" OR "), top_k, np.sort(allowed))


def _search_allowed(
    connection: sqlite3.Connection, terms: list[str], top_k: int, ordered: npt.NDArray[np.int64]
) -> list[tuple[int, float]]:
    """BM25 as if the allowed chunks were all there are: how rare a word is, is counted among them alone.

    FTS5 counts over the whole index, so that entries published later would move the scores of earlier ones.
    Its score for one word is turned back into the weighted count of that word, and weighed anew.
    """
    rows, mean_size = _index_size(connection)
    counts: dict[str, dict[int, float]] = {}
    for term in terms:
        found = connection.execute("SELECT rowid, -rank FROM fts WHERE fts MATCH ?", (term,)).fetchall()
        keys = np.fromiter((key for key, _ in found), dtype=np.int64, count=len(found))
        at = np.minimum(np.searchsorted(ordered, keys), len(ordered) - 1)
        rarity = _rarity(len(found), rows)
        counts[term] = {
            key: score / rarity for (key, score), kept in zip(found, ordered[at] == keys, strict=True) if kept
        }
    sizes = _sizes(connection, sorted({key for held in counts.values() for key in held}))
    mean_found = sum(sizes.values()) / max(1, len(sizes))
    scores = dict.fromkeys(sizes, 0.0)
    for held in counts.values():
        rarity = _rarity(len(held), len(ordered))
        for key, share in held.items():
            # share = count * (K1 + 1) / (count + damping), and counts are whole numbers
            count = round(share * _damping(sizes[key], mean_size) / (K1 + 1 - share))
            scores[key] += rarity * count * (K1 + 1) / (count + _damping(sizes[key], mean_found))
    return sorted(scores.items(), key=lambda row: (-row[1], row[0]))[:top_k]


def _rarity(holding: int, rows: int) -> float:
    """Inverse document frequency as FTS5 computes it."""
    return max(math.log((rows - holding + 0.5) / (holding + 0.5)), 1e-6)


def _damping(size: int, mean_size: float) -> float:
    return K1 * (1 - B + B * size / mean_size) if mean_size else K1


def _index_size(connection: sqlite3.Connection) -> tuple[int, float]:
    """Rows of the FTS5 index and their mean size in words, from its averages record."""
    found = connection.execute("SELECT block FROM fts_data WHERE id = 1").fetchone()
    rows, *words = _varints(found[0]) if found and found[0] else [0]
    return rows, sum(words) / rows if rows else 0.0


def _sizes(connection: sqlite3.Connection, keys: list[int]) -> dict[int, int]:
    """Words of each chunk, all columns together."""
    out: dict[int, int] = {}
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        marks = ",".join("?" * len(part))
        for key, sizes in connection.execute(f"SELECT id, sz FROM fts_docsize WHERE id IN ({marks})", part):
            out[key] = sum(_varints(sizes))
    return out


def _varints(data: bytes) -> list[int]:
    """Whole numbers as SQLite packs them: seven bits a byte, the highest bit set on all but the last."""
    out, value = [], 0
    for byte in data:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            out.append(value)
            value = 0
    return out
