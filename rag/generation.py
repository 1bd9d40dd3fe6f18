"""One sentence that answers, in the evidence's words: who writes it, and what of it may reach the reader."""

from __future__ import annotations

from collections.abc import Generator as TextStream
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from rag.checking import Grounds, Problem, check, follows, lifted
from rag.claims.facts import tokenise
from rag.claims.spans import normalise
from rag.judge import Judge
from rag.writing.local import LocalGenerator
from rag.writing.server import ServerGenerator

DENIED = 0.6  # the judge's probability that a sentence is not borne out, from which on it is not shown

__all__ = ["Generator", "LocalGenerator", "Phrasing", "ServerGenerator", "load_generator", "phrase_checked"]


@runtime_checkable
class Generator(Protocol):
    """Something that phrases an answer. `name` is shown to the reader beside what it wrote."""

    name: str

    def phrase(
        self, question: str, evidence: Sequence[str], marked: Sequence[str], *, max_new_tokens: int = 48
    ) -> Iterator[str]:
        """Text, piece by piece, of one sentence that answers from the evidence alone and holds the marked words."""
        ...


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One step of a checked phrasing: the text so far; the last is `done` and holds what is wrong with it."""

    text: str
    done: bool = False
    problems: tuple[Problem, ...] = ()


def load_generator(spec: str | None) -> Generator | None:
    """Generator that `spec` names; nothing is loaded or connected yet.

    None or "bundled" is the bundled model, "none" no generator at all, "http://host/v1#model" a model on an
    OpenAI-compatible server, anything else a hub name or folder that transformers can read.
    """
    if spec is None or spec == "bundled":
        return LocalGenerator()
    if spec == "none":
        return None
    if spec.startswith(("http://", "https://")):
        base_url, _, model = spec.partition("#")
        return ServerGenerator(base_url, model or None)
    return LocalGenerator(spec)


def phrase_checked(
    generator: Generator,
    question: str,
    evidence: Sequence[str],
    marked: Sequence[str],
    *,
    judge: Judge | None = None,
    max_new_tokens: int = 48,
) -> Iterator[Phrasing]:
    """Words of the generator's sentence while each stands in the evidence; last, the sentence and its problems.

    Writing stops at the first word that does not stand. A sentence that lost the marked words, or gives
    somebody's spoken words without quote marks, has a problem too, and so has one that the checks let stand and
    the judge does not. Errors of the generator pass through.
    """
    grounds, text, shown = Grounds.of(evidence), "", ""
    with closing(_deltas(generator, question, evidence, marked, max_new_tokens)) as deltas:
        for delta in deltas:
            text += delta
            finished = text.rpartition(" ")[0].strip()
            if finished and finished != shown:
                if not follows(finished, grounds):
                    problems = check(finished, grounds, question=question)
                    stray = Problem("word", finished.split()[-1], "not said like this in the cited text")
                    yield Phrasing(finished, True, problems or (stray,))
                    return
                shown = finished
                yield Phrasing(shown)
    text = " ".join(text.split())
    problems = tuple(_problems(text, question, grounds, marked))
    if not problems and judge is not None and text not in evidence:
        problems = tuple(_unsupported(text, evidence, judge))
    yield Phrasing(text, True, problems)


def _unsupported(text: str, evidence: Sequence[str], judge: Judge) -> Iterator[Problem]:
    (verdict,) = judge.judge([(text, " ".join(evidence))])
    if max(verdict.contradicted, verdict.not_enough) >= DENIED:
        yield Problem("verdict", text, f"the judge gives {verdict.supported:.2f} that the cited text supports it")


def _deltas(
    generator: Generator, question: str, evidence: Sequence[str], marked: Sequence[str], max_new_tokens: int
) -> TextStream[str, None, None]:
    yield from generator.phrase(question, evidence, marked, max_new_tokens=max_new_tokens)


def _problems(text: str, question: str, grounds: Grounds, marked: Sequence[str]) -> Iterator[Problem]:
    if not any(token.content for token in tokenise(normalise(text))):
        yield Problem("word", text, "the generator wrote nothing")
        return
    yield from check(text, grounds, question=question)
    if lifted(text, grounds):
        yield Problem("quotation", text, "the cited text has this in somebody's own words, between quote marks")
    plain = normalise(text).casefold()
    for words in marked:
        if normalise(words).casefold() not in plain:
            yield Problem("word", words, "the answering words are missing")
