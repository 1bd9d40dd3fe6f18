"""A generator on any server that speaks the OpenAI chat API (vLLM, llama.cpp, Ollama, transformers serve)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from index.errors import ServerError
from rag.writing.prompting import INSTRUCTION, prompt_text


class ServerGenerator:
    """Phrases answers on a model server; connects only when asked to write.

    Args: `base_url` as far as "/v1"; `model` the server's name for it, None for the first it lists; `timeout_s`
    limits the wait for each piece.
    """

    def __init__(
        self, base_url: str, model: str | None = None, api_key: str | None = None, timeout_s: float = 30.0
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.name = f"{model or 'default model'} at {self.base_url}"
        self._model, self._api_key, self._timeout_s = model, api_key, timeout_s
        self._client: Any = None

    def phrase(
        self, question: str, evidence: Sequence[str], marked: Sequence[str], *, max_new_tokens: int = 48
    ) -> Iterator[str]:
        """Text, piece by piece, of one sentence that answers from the evidence.

        Raises ServerError where the server is not reached, refuses, or answers nonsense.
        """
        import openai  # slow to import: only those who use a server pay for it

        try:
            stream = self._open().chat.completions.create(
                model=self._model or self._first_model(),
                messages=[
                    {"role": "system", "content": INSTRUCTION},
                    {"role": "user", "content": prompt_text(question, evidence, marked)},
                ],
                max_tokens=max_new_tokens,
                temperature=0.0,
                stream=True,
            )
            with stream:
                for part in stream:
                    piece = part.choices[0].delta.content if part.choices else None
                    if piece:
                        yield piece
        except openai.APIStatusError as error:
            raise ServerError(
                f"the model server {self.base_url} refused ({error.status_code}: {error.message}); check the model "
                "name and the key, or ask with --generator bundled"
            ) from error
        except openai.APIConnectionError as error:
            raise ServerError(
                f"the model server {self.base_url} does not answer ({error.__cause__ or error}); start it, check "
                "the address, or ask with --generator bundled"
            ) from error
        except (openai.OpenAIError, ValueError, KeyError, AttributeError, TypeError) as error:
            raise ServerError(
                f"the model server {self.base_url} does not speak the OpenAI chat API ({error}); check that the "
                "address ends in /v1, or ask with --generator bundled"
            ) from error

    def _open(self) -> Any:
        import openai

        if self._client is None:
            # The client insists on a key; servers that want none ignore it. Nothing is read from the environment.
            self._client = openai.OpenAI(
                base_url=self.base_url,
                api_key=self._api_key or "none",
                timeout=self._timeout_s,
                max_retries=0,
            )
        return self._client

    def _first_model(self) -> str:
        listed = self._open().models.list().data
        if not listed:
            raise ServerError(f"the model server {self.base_url} lists no model; name one: {self.base_url}#MODEL")
        self._model = str(listed[0].id)
        return self._model
