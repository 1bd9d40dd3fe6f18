"""Public question-answering sets as reader examples; split by article, page or sentence, never by question."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

Span = tuple[int, int]
TEST_ARTICLES = frozenset({"Huguenot", "Force"})
MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Example:
    """A question over one passage. `spans` are character offsets of right answers, empty where there is none."""

    question: str
    context: str
    passage: str
    spans: tuple[Span, ...]
    source: str
    split: str
    group: str


def split_of(key: str, test_share: float = 0.1) -> str:
    """Deterministic split of a whole group (article, page, sentence's article)."""
    share = int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    return "test" if share < test_share else "train"


def random_label(rng: random.Random) -> str:
    """A time label as live coverage carries it."""
    zone = rng.choice(["BST", "GMT", "EDT", "UTC", "CEST", "(time zone not stated)", "(time zone not stated)"])
    clock = f"{rng.randrange(24):02d}:{rng.randrange(60):02d}"
    return f"{clock} {zone}, {rng.randint(1, 28)} {rng.choice(MONTHS)} {rng.randint(2009, 2026)}"


def headline(text: str, rng: random.Random) -> str:
    """A headline-like cut of a sentence, or nothing."""
    words = text.split()
    return " ".join(words[: rng.randint(5, 11)]).rstrip(",.;:") if rng.random() < 0.6 else ""


def with_context(title: str, rng: random.Random) -> str:
    """Context line of a chunk: title and time label, as `index.chunking` writes it."""
    label = random_label(rng)
    return f"{title} | {label}" if title else label


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
                spans = {(a["answer_start"], a["answer_start"] + len(a["text"])) for a in qa["answers"]}
                example = Example(
                    qa["question"].strip(), with_context(title, rng), paragraph["context"],
                    tuple(sorted(spans)), source, split, f"{source}:{title}",
                )  # fmt: skip
                yield example
                other = rng.choice(passages)
                if split == "train" and spans and rng.random() < 0.35 and other != paragraph["context"]:
                    answers = {example.passage[a:b].lower() for a, b in spans}
                    if not any(answer in other.lower() for answer in answers):
                        yield replace(example, passage=other, spans=())


def detokenize(tokens: list[str]) -> tuple[str, list[Span]]:
    """Sentence text from Penn Treebank tokens, with each token's character span."""
    brackets = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}
    text, spans, open_quote, glue = "", [], False, True
    for token in tokens:
        word = brackets.get(token, token)
        closes = word in {
            ",",
            ".",
            ";",
            ":",
            "?",
            "!",
            ")",
            "]",
            "%",
            "'s",
            "n't",
            "'re",
            "'ve",
            "'ll",
            "'",
            "'m",
        }
        if word == '"':
            closes, open_quote = open_quote, not open_quote
        if text and not closes and not glue:
            text += " "
        spans.append((len(text), len(text) + len(word)))
        text += word
        glue = word in {"(", "[", "$", "£"} or (word == '"' and open_quote)
    return text, spans


def token_span(indices: str, spans: list[Span]) -> Span | None:
    """Character span of a contiguous run of token indices ("3 4 5"), None where it has gaps."""
    numbers = [int(i) for i in indices.split()]
    if not numbers or numbers != list(range(numbers[0], numbers[-1] + 1)) or numbers[-1] >= len(spans):
        return None
    return spans[numbers[0]][0], spans[numbers[-1]][1]


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
            title = headline(rng.choice([text, *others]), rng)
            example = Example(question, with_context(title, rng), passage, shifted, "qamr", split_of(article), article)
            yield example
            if others and rng.random() < 0.3:
                lacking = rng.sample(others, min(len(others), rng.choice([1, 2, 3])))
                named = set(re.findall(r"[A-Z]\w+", question)[1:])
                if rng.random() < 0.5 or any(name in " ".join(lacking) for name in named):
                    yield replace(example, passage=" ".join(lacking), spans=())


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
                yield replace(example, passage=other, spans=())


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


def near_misses(path: Path) -> Iterator[Example]:
    """Near-miss questions and their answerable twins over invented entries, split by entry.

    Those over the sample coverage are left out: the decision to answer is calibrated there.
    """
    for line in path.read_text().splitlines():
        row = json.loads(line)
        passage = row["passage"]
        if row.get("page"):
            continue
        spans: tuple[Span, ...] = ()
        if row["answer"]:
            start = row["answer_start"]
            spans = ((start, start + len(row["answer"])),)
        context = " | ".join(part for part in (row.get("title"), row.get("stamp")) if part)
        yield Example(row["question"], context, passage, spans, "near_misses", row["split"], passage[:60])


def terse(example: Example, rng: random.Random) -> Example:
    """The question as hurried people type it: lower case, no mark, no article, or swapped final mark."""
    question = example.question
    if rng.random() < 0.5:
        question = question.lower()
    if rng.random() < 0.5:
        question = question.rstrip("?. ")
    if rng.random() < 0.3:
        question = re.sub(r"\b(the|a|an) ", "", question, flags=re.IGNORECASE)
    return replace(example, question=question or example.question)


def swapped(example: Example, names: list[str], rng: random.Random) -> Example | None:
    """The question with one of its names or numbers replaced by another one, so that nothing answers it."""
    found = [m for m in re.finditer(r"(?<!^)\b(?:[A-Z][\w'-]+(?: [A-Z][\w'-]+)*|\d[\d,.]*\d|\d)\b", example.question)]
    found = [m for m in found if m.group().lower() in example.passage.lower()]
    if not found or not example.spans:
        return None
    match = rng.choice(found)
    if match.group()[0].isdigit():
        other = str(int(re.sub(r"\D", "", match.group()) or 1) + rng.choice([-3, -2, -1, 1, 2, 5, 10]))
    else:
        alike = [n for n in names if n.lower() not in example.question.lower() and n.lower() != match.group().lower()]
        if not alike:
            return None
        other = rng.choice(alike)
    question = example.question[: match.start()] + other + example.question[match.end() :]
    return replace(example, question=question, spans=())


def load(data: Path, coverage: Path | None = None, seed: int = 7) -> list[Example]:
    """All examples, with terse and name-swapped variants of the training ones."""
    rng = random.Random(seed)
    known = frozenset(a["title"] for a in json.load(gzip.open(data / "squad2/squad2-part.json.gz"))["data"])
    rows = [
        *squad(data / "squad2/squad2-part.json.gz", "squad2", frozenset(), rng),
        *squad(data / "xquad/xquad.en.json.gz", "xquad", known, rng),
        *qamr(data / "qamr", rng),
        *natural_questions(data / "nq_open_oracle/nq-open-oracle.jsonl.gz", rng),
        *time_questions(data / "timeqa/human_train.easy.json.gz", "timeqa_easy", rng),
        *time_questions(data / "timeqa/human_train.hard.json.gz", "timeqa_hard", rng),
        *claims(data / "vitaminc/real-test.jsonl.gz", rng, limit=10_000),
    ]
    names_of: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        names_of[row.group].update(re.findall(r"(?<=[a-z,] )[A-Z][\w'-]+(?: [A-Z][\w'-]+)*", row.passage))
    out = []
    for row in rows:
        out.append(terse(row, rng) if row.split == "train" and rng.random() < 0.25 else row)
        if row.split == "train" and rng.random() < 0.16:
            swap = swapped(row, sorted(names_of[row.group]), rng)
            if swap:
                out.append(swap)
    if coverage and coverage.exists():
        out.extend(near_misses(coverage))
    return out
