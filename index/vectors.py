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
DIRECT_UP_TO = 20_000
HNSW_LINKS = 32
HNSW_EF_CONSTRUCTION = 80
HNSW_EF_SEARCH = 128
REWRITE_SHARE = 0.05

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

    def _nearest(
        self, held: Held, vector: Vectors, top_k: int, shown: npt.NDArray[np.bool_]
    ) -> tuple[Keys, Vectors]:
        faiss = load_faiss()

        count = int(np.count_nonzero(shown))
        if count <= DIRECT_UP_TO:
            # Few rows: their inner products are exact and take less time than any search with a filter.
            rows = np.flatnonzero(shown)
            return _best(rows, _stored_rows(held.index)[rows] @ vector, top_k)
        selector = (
            None if count == len(shown) else faiss.IDSelectorBitmap(np.packbits(shown, bitorder="little"))
        )
        if _is_hnsw(held.index):
            # Filtered rows are still walked over: the fewer are shown, the wider the walk must be.
            width = max(HNSW_EF_SEARCH, 2 * top_k) * min(8, max(1, round(len(shown) / count)))
            options = faiss.SearchParametersHNSW(sel=selector, efSearch=width)
        else:
            options = faiss.SearchParameters(sel=selector)
        scores, rows = held.index.search(vector[None], min(top_k, count), params=options)
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
        if len(found):
            held.index.add(rows)
        return Held(counter, np.concatenate([keys, found]), np.concatenate([live, found > 0]), held.index)

    def _built(self, counter: int) -> Held | None:
        faiss = load_faiss()

        keys, rows = self.store.vectors()
        if not len(keys):
            return None
        if len(keys) >= self.hnsw_from:
            index = faiss.IndexHNSWFlat(rows.shape[1], HNSW_LINKS, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = HNSW_EF_CONSTRUCTION
        else:
            index = faiss.IndexFlatIP(rows.shape[1])
        index.add(rows)
        logger.info("Made the vector index of %s anew: %d vectors", self.store.path, len(keys))
        return Held(counter, keys, np.ones(len(keys), dtype=bool), index)

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


def _mask(keys: Keys, some: Keys) -> npt.NDArray[np.bool_]:
    """Which of the sorted `keys` are among `some`."""
    mask = np.zeros(len(keys), dtype=bool)
    if len(keys) and len(some):
        at = np.minimum(np.searchsorted(keys, some), len(keys) - 1)
        mask[at[keys[at] == some]] = True
    return mask


def _best(rows: npt.NDArray[np.intp], scores: Vectors, top_k: int) -> tuple[Keys, Vectors]:
    if len(rows) > top_k:
        top = np.argpartition(-scores, top_k - 1)[:top_k]
        rows, scores = rows[top], scores[top]
    return rows.astype(np.int64), scores


def _is_hnsw(index: Any) -> bool:
    return hasattr(index, "hnsw")


def _stored_rows(index: Any) -> Vectors:
    """View of the (n, dim) float32 rows that the index holds."""
    faiss = load_faiss()

    flat = faiss.downcast_index(index.storage) if _is_hnsw(index) else index
    rows: Vectors = faiss.rev_swig_ptr(flat.get_xb(), flat.ntotal * flat.d).reshape(flat.ntotal, flat.d)
    return rows
