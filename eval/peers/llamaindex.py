"""LlamaIndex: a vector index and its query engine, as the starter tutorial for local models builds them.

https://developers.llamaindex.ai/python/framework/getting_started/starter_example_local/
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version

from llama_index.core import Document, VectorStoreIndex
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.llms.huggingface import HuggingFaceLLM

from eval.peers.adapter import FOUND, answer_from, encoder_folder, generator_folder
from index.store import Store
from index.times import time_label
from rag.records import Answer


class LlamaIndex:
    """Each entry is a document with its title and time as metadata, which the encoder and the generator see.

    The tutorial's query engine knows no time and no earlier turns: `as_of` and `history` are not looked at.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._entries = {f"{e.page_id} {e.id}": e for e in store.entries() if e.body}
        documents = [
            Document(text=e.body, id_=name, metadata={"title": e.title or "", "published": time_label(e)})
            for name, e in self._entries.items()
        ]
        folder = generator_folder()
        llm = HuggingFaceLLM(model_name=folder, tokenizer_name=folder, is_chat_model=True, device_map="cpu")
        embed_model = HuggingFaceEmbedding(model_name=encoder_folder(), device="cpu")
        index = VectorStoreIndex.from_documents(documents, embed_model=embed_model)
        self._engine = index.as_query_engine(llm=llm)
        self._retriever = index.as_retriever(similarity_top_k=FOUND)

    def ask(self, question: str, *, as_of: datetime | None = None, history: Sequence[tuple[str, str]] = ()) -> Answer:
        """Answer with the engine's words, citing its source nodes."""
        response = self._engine.query(question)
        cited = [self._entries[node.node.ref_doc_id] for node in response.source_nodes]
        found = [self._entries[node.node.ref_doc_id] for node in self._retriever.retrieve(question)]
        return answer_from(question, str(response), cited, found, f"LlamaIndex {version('llama-index-core')}")
