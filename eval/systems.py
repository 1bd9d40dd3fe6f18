"""The systems that a question set can be put to, by name: Presstime, plain baselines, and other people's."""

from __future__ import annotations

from importlib import import_module

from eval.baselines import BASELINES, Baseline
from eval.run import System
from index.errors import ModelError, QuestionError
from index.store import Store
from rag.answering import Assistant

OURS = "presstime"
PEERS = {"llamaindex": ("eval.peers.llamaindex", "LlamaIndex"), "txtai": ("eval.peers.txtai", "Txtai")}
SYSTEMS: tuple[str, ...] = (OURS, *BASELINES, *PEERS)


def open_system(name: str, store: Store, generator: str = "bundled") -> System:
    """System of that name over a store, its models loaded: loading is no part of the time an answer takes.

    Raises:
        QuestionError: there is no such system.
        ModelError: it is another people's system and not installed here.

    """
    if name not in SYSTEMS:
        raise QuestionError(f"{name!r} is no system; use one of {', '.join(SYSTEMS)}")
    if name == OURS:
        desk = Assistant(store, generator=generator)
        desk.warm_up().join()
        return desk
    system = _peer(name, store) if name in PEERS else Baseline(store, name)
    system.ask("Is it warm?")
    return system


def _peer(name: str, store: Store) -> System:
    module, kind = PEERS[name]
    try:
        adapter = import_module(module)
    except ModuleNotFoundError as error:
        raise ModelError(f"{name} is not installed ({error.name} is missing); run: make bench-peers") from error
    made: System = getattr(adapter, kind)(store)
    return made
