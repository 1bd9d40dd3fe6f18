"""An encoder that remembers: the sentences of live coverage are compared with question after question."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from index.embedding import Encoder, Vectors

MOST = 20_000  # texts: 31 MB of vectors of 384 numbers


class Remembering:
    """The encoder it is given, with the vectors of the `most` texts that were last asked for. Safe between threads."""

    def __init__(self, encoder: Encoder, most: int = MOST) -> None:
        self._encoder = encoder
        self._most = most
        self._held: OrderedDict[str, np.ndarray] = OrderedDict()
        self._lock = threading.Lock()
        self.name = encoder.name
        self.dim = encoder.dim
        self.max_tokens = encoder.max_tokens

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        """Encode texts as an (n, dim) float32 array of unit rows, in the order given; only new ones take time."""
        with self._lock:
            known = {text: self._held[text] for text in texts if text in self._held}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known |= dict(zip(new, self._encoder.encode(new, progress=progress), strict=True))
        with self._lock:
            for text in texts:
                self._held[text] = known[text]
                self._held.move_to_end(text)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return np.stack([known[text] for text in texts]) if texts else np.zeros((0, self.dim), dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text by the encoder's own tokenizer."""
        return self._encoder.count_tokens(texts)
