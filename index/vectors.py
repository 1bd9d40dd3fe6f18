"""FAISS over the store's vectors. Derived: missing, behind or damaged, it is made again from the store."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index.store import VECTOR_FILE, Store
from index.vector_file import Header, load_faiss, read_vector_file, write_vector_file

logger = logging.getLogger(__name__)

HNSW_FROM = 100_000
HNSW_LINKS = 32
HNSW_EF_CONSTRUCTION = 80
HNSW_EF_SEARCH = 128
REWRITE_SHARE = 0.05
BLOCK_ROWS = 50_000

Keys = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]


@dataclass(slots=True)
class Held:
    """The index of one change counter: row i of `index` is the vector of `keys[i]`; keys are sorted.

    `live` marks rows still in the store: HNSW cannot forget a row, so a removed one is only never returned.
    """

    counter: int
    keys: Keys
    live: npt.NDArray[np.bool_]
    index: Any


class VectorIndex:
    """Nearest vectors of a store by inner product, exact up to `hnsw_from` vectors, by HNSW above.

    Follows the store: a change committed by any process is seen at the next search. Safe to use from
    several threads.
    """

    def __init__(self, store: Store, *, hnsw_from: int = HNSW_FROM) -> None:
        self.store = store
        self.hnsw_from = hnsw_from
        self._path = store.path / VECTOR_FILE
        self._lock = threading.Lock()
        self._held: Held | None = None

    @classmethod
    def open(cls, store: Store, *, hnsw_from: int = HNSW_FROM) -> VectorIndex:
        """Load the index from the store's folder, or make it from the store where that cannot serve."""
        index = cls(store, hnsw_from=hnsw_from)
        with index._lock:
            index._held = index._load()
            index._refresh()
        return index

    def __len__(self) -> int:
        return 0 if self._held is None else int(np.count_nonzero(self._held.live))

    def search(self, vector: Vectors, top_k: int, allowed: Keys | None = None) -> tuple[Keys, Vectors]:
        """Keys (k,) int64 and cosines (k,) float32 of the nearest unit rows to `vector` (dim,), best first.

        Only the `allowed` keys are looked at; fewer than `top_k` come back where there are not so many.
        """
        with self._lock:
            held = self._refresh()
            if held is None or top_k <= 0:
                return np.empty(0, np.int64), np.empty(0, np.float32)
            shown = held.live if allowed is None else held.live & _mask(held.keys, allowed)
            rows, scores = self._nearest(held, np.asarray(vector, dtype=np.float32), top_k, shown)
        order = np.lexsort((rows, -scores))
        return held.keys[rows[order]], scores[order]

    def _nearest(self, held: Held, vector: Vectors, top_k: int, shown: npt.NDArray[np.bool_]) -> tuple[Keys, Vectors]:
        faiss = load_faiss()
        count = int(np.count_nonzero(shown))
        if not count:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        selector = faiss.IDSelectorBitmap(np.packbits(shown, bitorder="little")) if count < len(shown) else None
        index, options = held.index, faiss.SearchParameters(sel=selector)
        if _is_hnsw(index) and count < self.hnsw_from:
            # So few rows are shown that looking at each is fast, and exact; a walk would lose its way among
            # the hidden ones.
            index = faiss.downcast_index(index.storage)
        elif _is_hnsw(index):
            options = faiss.SearchParametersHNSW(sel=selector, efSearch=max(HNSW_EF_SEARCH, 2 * top_k))
        scores, rows = index.search(vector[None], min(top_k, count), params=options)
        return rows[0][rows[0] >= 0], scores[0][rows[0] >= 0]

    def _refresh(self) -> Held | None:
        """Bring the index up to the store's counter."""
        counter = self.store.counter
        if self._held is not None and self._held.counter == counter:
            return self._held
        wanted = self.store.vector_keys()
        changed = len(wanted)
        if self._held is not None:
            gone = np.count_nonzero(self._held.live & ~_mask(self._held.keys, wanted))
            added = wanted[~_mask(wanted, self._held.keys)]
            changed = int(gone) + len(added)
            self._held = self._updated(self._held, counter, wanted, added)
        if self._held is None:
            self._held = self._built(counter)
        if self._held is not None and changed > REWRITE_SHARE * len(wanted):
            self._save(self._held)
        return self._held

    def _updated(self, held: Held, counter: int, wanted: Keys, added: Keys) -> Held | None:
        """The index with rows added and forgotten; None where making it anew is better."""
        live = held.live & _mask(held.keys, wanted)
        grown = len(wanted) >= self.hnsw_from
        if grown != _is_hnsw(held.index) or (len(added) and len(held.keys) and added[0] <= held.keys[-1]):
            return None
        if grown and np.count_nonzero(live) < 0.8 * len(live):
            return None
        found, rows = self.store.vectors(added)  # first: if the store cannot be read, the index stays whole
        keys = held.keys
        if not grown and not live.all():
            held.index.remove_ids(np.flatnonzero(~live))
            keys, live = keys[live], live[live]
        return _grown(Held(counter, keys, live, held.index), found, rows)

    def _built(self, counter: int) -> Held | None:
        faiss = load_faiss()

        keys, dim = self.store.vector_keys(), self.store.dim
        if not len(keys) or dim is None:
            return None
        if len(keys) >= self.hnsw_from:
            index = faiss.IndexHNSWFlat(dim, HNSW_LINKS, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = HNSW_EF_CONSTRUCTION
        else:
            index = faiss.IndexFlatIP(dim)
        held = Held(counter, keys[:0], np.empty(0, dtype=bool), index)
        for first in range(0, len(keys), BLOCK_ROWS):
            held = _grown(held, *self.store.vectors(keys[first : first + BLOCK_ROWS]))
        logger.info("Made the vector index of %s anew: %d vectors", self.store.path, len(keys))
        return held

    def _load(self) -> Held | None:
        found = read_vector_file(self._path)
        if found is None:
            return None
        header, keys, live, index = found
        ours = (self.store.id, self.store.encoder_name, self.store.dim)
        if (header.store_id, header.encoder, header.dim) != ours:
            logger.info("%s belongs to another store or encoder", self._path)
            return None
        if header.stamp is None or self.store.stamp(header.counter) != header.stamp:
            logger.info("%s was made on changes that the store does not know", self._path)
            return None
        return Held(header.counter, keys, live, index)

    def _save(self, held: Held) -> None:
        stamp = self.store.stamp(held.counter)
        name, dim = self.store.encoder_name, self.store.dim
        header = Header(self.store.id, name or "", dim or 0, held.counter, stamp)
        try:
            write_vector_file(self._path, header, held.keys, held.live, held.index)
        except (OSError, RuntimeError) as error:
            logger.warning("%s cannot be written (%s): the index is kept in memory", self._path, error)


def _grown(held: Held, keys: Keys, rows: Vectors) -> Held:
    """The index with rows added, which it takes itself; their keys are higher than those it has."""
    if len(keys):
        held.index.add(rows)
    live = np.concatenate([held.live, np.ones(len(keys), dtype=bool)])
    return Held(held.counter, np.concatenate([held.keys, keys]), live, held.index)


def _mask(keys: Keys, some: Keys) -> npt.NDArray[np.bool_]:
    """Which of the sorted `keys` are among `some`."""
    mask = np.zeros(len(keys), dtype=bool)
    if len(keys) and len(some):
        at = np.minimum(np.searchsorted(keys, some), len(keys) - 1)
        mask[at[keys[at] == some]] = True
    return mask


def _is_hnsw(index: Any) -> bool:
    return hasattr(index, "hnsw")
