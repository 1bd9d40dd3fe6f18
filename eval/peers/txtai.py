"""txtai: an embeddings database and the RAG pipeline over it, as its documentation builds them.

https://neuml.github.io/txtai/pipeline/text/rag
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version

from transformers import set_seed
from txtai import RAG, Embeddings

from eval.peers.adapter import FOUND, answer_from, document, encoder_folder, generator_folder
from index.store import Store
from rag.records import Answer

SEED = 20_261_112
TEMPLATE = """
  Answer the following question using the provided context.

  Question:
  {question}

  Context:
  {context}
"""


class Txtai:
    """Each entry is a row, its title and time ahead of its words; the answer cites the row given as reference.

    The pipeline knows no time and no earlier turns: `as_of` and `history` are not looked at.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._entries = [entry for entry in store.entries() if entry.body]
        self._embeddings = Embeddings(path=encoder_folder(), content=True)
        self._embeddings.index([(row, document(entry), None) for row, entry in enumerate(self._entries)])
        self._rag = RAG(self._embeddings, generator_folder(), template=TEMPLATE, output="reference")

    def ask(self, question: str, *, as_of: datetime | None = None, history: Sequence[tuple[str, str]] = ()) -> Answer:
        """Answer with the pipeline's words, citing the row it gives as reference."""
        set_seed(SEED)  # the pipeline samples
        given = self._rag(question)
        cited = [self._entries[int(given["reference"])]] if given["reference"] is not None else []
        found = [self._entries[int(row["id"])] for row in self._embeddings.search(question, FOUND)]
        return answer_from(question, given["answer"], cited, found, f"txtai {version('txtai')}")
