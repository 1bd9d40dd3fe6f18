"""Public question-answering sets as reader examples, each read as its makers publish it."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.benchmarks.held_out import TEST_ARTICLES, split_of
from eval.benchmarks.treebank import detokenize, token_span
from training.records import Example, Span, headline, with_context


def find_all(needle: str, text: str, limit: int = 6) -> tuple[Span, ...]:
    """Whole-word occurrences of an answer in a passage, case-insensitively."""
    pattern = rf"(?<!\w){re.escape(needle.strip())}(?!\w)"
    return tuple((m.start(), m.end()) for m in list(re.finditer(pattern, text, re.IGNORECASE))[:limit])


def squad(path: Path, source: str, skip: frozenset[str], rng: random.Random) -> Iterator[Example]:
    """SQuAD-format articles, with questions also put to another paragraph of their article (no answer there)."""
    for article in json.load(gzip.open(path))["data"]:
        if article["title"] in skip:
            continue
        split = "test" if article["title"] in TEST_ARTICLES else "train"
        title = article["title"].replace("_", " ")
        passages = [p["context"] for p in article["paragraphs"]]
        for paragraph in article["paragraphs"]:
            for qa in paragraph["qas"]:
                spans = {_span(a) for a in qa["answers"]}
                example = Example(
                    qa["question"].strip(), with_context(title, rng), paragraph["context"],
                    tuple(sorted(spans)), source, split, f"{source}:{title}",
                    tempting=tuple(_span(a) for a in qa.get("plausible_answers", ())),
                )  # fmt: skip
                yield example
                other = rng.choice(passages)
                if split == "train" and spans and rng.random() < 0.35 and other != paragraph["context"]:
                    answers = {example.passage[a:b].lower() for a, b in spans}
                    if not any(answer in other.lower() for answer in answers):
                        yield replace(example, passage=other, spans=(), tempting=())


def _span(answer: dict[str, Any]) -> Span:
    return answer["answer_start"], answer["answer_start"] + len(answer["text"])


def qamr(folder: Path, rng: random.Random, per_sentence: int = 20) -> Iterator[Example]:
    """QAMR questions over their sentence among its neighbours, and over the neighbours alone (no answer)."""
    tokens: dict[str, list[str]] = {}
    for line in gzip.open(folder / "wiki-sentences.tsv.gz", "rt"):
        key, text = line.rstrip("\n").split("\t")[:2]
        tokens[key] = text.split(" ")
    article_of = {key: ":".join(key.split(":")[:3]) for key in tokens}
    neighbours: dict[str, list[str]] = defaultdict(list)
    for key in tokens:
        neighbours[article_of[key]].append(key)
    asked: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for name in ("dev.tsv.gz", "test.tsv.gz"):
        for line in gzip.open(folder / name, "rt"):
            cells = line.rstrip("\n").split("\t")
            judged = [cell.split(":", 1)[1] for cell in cells[7:] if ":" in cell and "Invalid" not in cell]
            asked[cells[0]].append((cells[5].strip(), [cells[6], *judged]))
    for key, questions in asked.items():
        if key not in tokens:
            continue
        text, spans = detokenize(tokens[key])
        article = article_of[key]
        others = [detokenize(tokens[k])[0] for k in neighbours[article] if k != key]
        rng.shuffle(questions)
        seen: set[str] = set()
        every = {s for _, answers in questions for a in answers if (s := token_span(a, spans))}
        for question, answers in questions:
            found = {s for a in answers if (s := token_span(a, spans))}
            if not found or question.lower() in seen or len(seen) >= per_sentence:
                continue
            seen.add(question.lower())
            around = rng.sample(others, min(len(others), rng.choice([0, 1, 1, 2, 2, 3])))
            at = rng.randint(0, len(around))
            before = "".join(f"{s} " for s in around[:at])
            passage = before + text + "".join(f" {s}" for s in around[at:])
            shifted = tuple(sorted((a + len(before), b + len(before)) for a, b in found))
            apart = sorted(s for s in every if all(s[1] <= a or b <= s[0] for a, b in found))
            tempting = tuple((a + len(before), b + len(before)) for a, b in apart)
            title = headline(rng.choice([text, *others]), rng)
            example = Example(
                question, with_context(title, rng), passage, shifted, "qamr", split_of(article), article,
                tempting=tempting,
            )  # fmt: skip
            yield example
            if others and rng.random() < 0.3:
                lacking = rng.sample(others, min(len(others), rng.choice([1, 2, 3])))
                named = set(re.findall(r"[A-Z]\w+", question)[1:])
                if rng.random() < 0.5 or any(name in " ".join(lacking) for name in named):
                    yield replace(example, passage=" ".join(lacking), spans=(), tempting=())


def natural_questions(path: Path, rng: random.Random) -> Iterator[Example]:
    """NQ questions over their gold passage, and over another question's passage (no answer)."""
    rows = [json.loads(line) for line in gzip.open(path, "rt")]
    for row in rows:
        gold = row["ctxs"][0]
        spans = {s for answer in row["answers"] for s in find_all(answer, gold["text"])}
        if not spans:
            continue
        group = f"nq:{gold['title']}"
        example = Example(
            row["question"], with_context(gold["title"], rng), gold["text"], tuple(sorted(spans)), "nq",
            split_of(group), group,
        )  # fmt: skip
        yield example
        if rng.random() < 0.2:
            other = rng.choice(rows)["ctxs"][0]["text"]
            if not any(find_all(answer, other) for answer in row["answers"]):
                yield replace(example, passage=other, spans=(), tempting=())


def time_questions(path: Path, source: str, rng: random.Random) -> Iterator[Example]:
    """TimeQA: the paragraph that holds the answer; for unanswerable ones the paragraph sharing most words."""
    for line in gzip.open(path, "rt"):
        row = json.loads(line)
        paragraphs = [p["text"] for p in row["paragraphs"] if len(p["text"]) > 80]
        group = f"timeqa:{row['idx'].split('#')[0]}"
        words = set(re.findall(r"\w{4,}", row["question"].lower()))
        ranked = sorted(paragraphs, key=lambda p: -len(words & set(re.findall(r"\w{4,}", p.lower()))))
        spans: tuple[Span, ...] = ()
        targets = [t for t in row["targets"] if t]
        if targets:
            ranked = [p for p in ranked if any(find_all(t, p) for t in targets)]
        if not ranked:
            continue
        passage = ranked[0]
        spans = tuple(sorted({s for t in targets for s in find_all(t, passage)}))
        if len(passage) < 1400:
            yield Example(
                row["question"], with_context(group.rsplit("/", 1)[-1].replace("_", " "), rng), passage, spans,
                source, split_of(group), group,
            )  # fmt: skip


_BLANK = re.compile(r"[$£€]?\d[\d,.]*\d|[$£€]?\d|[A-Z][\w'-]+(?: (?:of |the |and )?[A-Z][\w'-]+)*")


def claims(path: Path, rng: random.Random, limit: int) -> Iterator[Example]:
    """VitaminC claims as questions: one of a claim's names or numbers is asked for over its evidence.

    A supported claim's blank is answered where the evidence holds it; a claim that the evidence refutes or does
    not speak to has no answer when another of its words is asked for.
    """
    rows = [json.loads(line) for line in gzip.open(path, "rt")]
    rng.shuffle(rows)
    made = 0
    for row in rows:
        claim, _ = detokenize(row["claim"].split(" "))
        evidence, _ = detokenize(row["evidence"].split(" "))
        blanks = [m for m in _BLANK.finditer(claim) if m.group().isdigit() or len(m.group()) > 3]
        if not blanks or len(evidence) > 700 or made >= limit:
            continue
        match = rng.choice(blanks)
        spans = find_all(match.group(), evidence)
        supported = row["label"] == "SUPPORTS"
        if supported != bool(spans):
            continue
        if not supported and row["label"] == "REFUTES":
            continue
        question = _ask(claim, match, rng)
        made += 1
        group = f"vitaminc:{row['page']}"
        title = row["page"] if rng.random() < 0.5 else ""
        yield Example(
            question, with_context(title, rng), evidence, spans if supported else (), "vitaminc", split_of(group), group
        )


def _ask(claim: str, match: re.Match[str], rng: random.Random) -> str:
    """The claim with one of its words asked for in its place."""
    value, before, after = match.group(), claim[: match.start()], claim[match.end() :]
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", value):
        asked = rng.choice(["what year", "which year"])
    elif value[0] in "$£€":
        asked = "how much"
    elif value[0].isdigit():
        asked = "how many" if re.match(r" [a-z]", after) else "what number"
    else:
        asked = rng.choice(["who", "what", "which one"])
    question = f"{before}{asked}{after}".rstrip(" .") + "?"
    return question[0].upper() + question[1:]
