"""The models an Assistant holds: encoder with its retriever, reader, generator; each loaded once, when first needed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping

from index.embedding import Encoder, load_encoder
from index.errors import PresstimeError
from index.store import Store
from index.vectors import VectorIndex
from rag.generation import Generator, load_generator
from rag.judge import Judge, load_judge
from rag.reader import Passage, Reader, TransformerReader, load_reader
from rag.remembering import Remembering
from rag.retrieval import Retriever
from rag.writing.local import LocalGenerator

log = logging.getLogger(__name__)


class Models:
    """Loads what a question needs and keeps it. Safe to use from several threads."""

    def __init__(
        self, store: Store, encoder: Encoder | None, reader: Reader | None, generator: str | Generator | None
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._wanted = generator
        self._retriever: Retriever | None = None
        self._reader: Reader | None = reader
        self._judge: Judge | None = None
        self._generator: Generator | None = None
        self._generator_made = False
        self._warming = False
        self._lock = threading.RLock()

    @property
    def retriever(self) -> Retriever:
        """Store, vector index and encoder, ready to search."""
        with self._lock:
            if self._retriever is None:
                encoder = Remembering(self._encoder or load_encoder())
                self._retriever = Retriever(self._store, VectorIndex.open(self._store), encoder)
            return self._retriever

    @property
    def reader(self) -> Reader:
        """The reader, bundled where none was given."""
        with self._lock:
            if self._reader is None:
                self._reader = load_reader()
            return self._reader

    @property
    def judge(self) -> Judge | None:
        """The judge, None where the reader is one that has none beside it."""
        reader = self.reader
        with self._lock:
            if self._judge is None and isinstance(reader, TransformerReader) and reader.network.judges:
                self._judge = load_judge(reader=reader)
            return self._judge

    @property
    def generator(self) -> Generator | None:
        """The generator, None where answers are quotations alone or while it still loads in the background."""
        with self._lock:
            if not self._generator_made:
                wanted = self._wanted
                self._generator = load_generator(wanted) if isinstance(wanted, str) else wanted
                self._generator_made = True
            held = self._generator
        loading = self._warming and isinstance(held, LocalGenerator) and not held.ready
        return None if loading else held

    def load_all(self) -> None:
        """Load everything. Questions asked meanwhile are answered by quotation until the generator is there."""
        held = self.generator
        self._warming = True
        try:
            self.retriever.encoder.encode(["warm"])
            self.reader.read("Is it warm?", [Passage("", "It is warm.")])
            if isinstance(held, LocalGenerator):
                held.load()
        except PresstimeError as error:
            log.warning("a model did not load: %s", error)
        finally:
            self._warming = False

    def names(self) -> Mapping[str, str]:
        """Names of the models in use so far, by part."""
        held = {
            "encoder": self._retriever.encoder.name if self._retriever else "",
            "reader": self._reader.name if self._reader else "",
            "generator": self._generator.name if self._generator else "",
        }
        return {part: name for part, name in held.items() if name}
