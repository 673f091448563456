"""Inverted postings with BM25 weights, as flat arrays."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.retrieval.columns import Array
from assistant.retrieval.text import Term, term_key, text_terms

# Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009). Lengths count little: a
# document holds two languages, and a longer description is no worse dish.
K1 = 1.2
B = 0.4


def term_keys(terms: Iterable[str]) -> Array:
    """Return the names of several terms, uint64."""
    return np.array([term_key(term) for term in terms], dtype=np.uint64)


def find_keys(keys: Array, wanted: Array) -> Array:
    """Return the places of `wanted` in the sorted `keys`, -1 where absent."""
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[places] == wanted, places, -1)


def document_terms(texts: Iterable[tuple[str, float, bool]]) -> dict[str, float]:
    """Return term -> weighted count of a document's texts."""
    terms: dict[str, float] = {}
    for text, weight, name in texts:
        for term, share in text_terms(text, name=name):
            terms[term] = terms.get(term, 0.0) + weight * share
    return terms


@dataclass(frozen=True)
class Counts:
    """Terms of documents before weighting: entry i says that `document[i]` holds the term `key[i]` `count[i]` times."""

    documents: int
    document: Array  # int32
    key: Array  # uint64
    count: Array  # float32


def count_terms(texts: Iterable[Sequence[tuple[str, float, bool]]]) -> Counts:
    """Return the terms of every document of `texts`, in order."""
    sizes, keys, counts = array("l"), array("Q"), array("f")
    names: dict[str, int] = {}
    for number in texts:
        terms = document_terms(number)
        sizes.append(len(terms))
        counts.extend(terms.values())
        for term in terms:
            if term not in names:
                names[term] = term_key(term)
            keys.append(names[term])
    lengths = np.array(sizes, dtype=np.int64)
    document = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    return Counts(len(lengths), document, np.array(keys, dtype=np.uint64), np.array(counts, dtype=np.float32))


@dataclass(frozen=True)
class Postings:
    """Which documents hold a term, and how much it says there."""

    keys: Array  # uint64, sorted, one per term
    idf: Array  # float32
    starts: Array  # int64, one more than terms: where a term's documents stand in `places`
    places: Array  # int32, ascending within a term
    impact: Array  # float32, BM25
    average: float = field(default=1.0, metadata={"array": False})  # weighted terms per document
    unseen: float = field(default=1.0, metadata={"array": False})  # idf of a term no document holds

    def of(self, place: int) -> slice:
        """Return where the documents of the term at `place` stand."""
        return slice(int(self.starts[place]), int(self.starts[place + 1]))

    def weights(self, wanted: Array) -> Array:
        """Return the idf of terms by their keys."""
        places = find_keys(self.keys, wanted)
        known = self.idf[np.maximum(places, 0)] if len(self.idf) else np.zeros(len(wanted), dtype=np.float32)
        return np.where(places >= 0, known, np.float32(self.unseen))


def make_postings(counts: Counts, like: Postings | None = None) -> Postings:
    """Weigh `counts`; with `like`, by the statistics of that larger collection, so that scores compare."""
    order = np.lexsort((counts.document, counts.key))
    document, key, count = counts.document[order], counts.key[order], counts.count[order]
    keys, first, frequency = np.unique(key, return_index=True, return_counts=True)
    lengths = np.bincount(counts.document, weights=counts.count, minlength=counts.documents)
    if like is None:
        average = float(lengths.mean()) if counts.documents else 1.0
        idf = np.log1p((counts.documents - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        unseen = float(np.log1p((counts.documents + 0.5) / 0.5))
    else:
        average, idf, unseen = like.average, like.weights(keys).astype(np.float32), like.unseen
    norm = K1 * (1 - B + B * lengths[document] / average)
    impact = np.repeat(idf, frequency) * count * (K1 + 1) / (count + norm)
    starts = np.append(first, len(key)).astype(np.int64)
    return Postings(keys, idf, starts, document, impact.astype(np.float32), average, unseen)


@dataclass(frozen=True)
class Matches:
    """What the words of a question found: per document a BM25 score, and the share of the question that it holds."""

    score: Array  # float32, one per document
    share: Array  # float32, 0..1


def match(postings: Postings, documents: int, terms: Sequence[Term], idf: Array) -> Matches:
    """Score every document against `terms`, whose `idf` comes from the larger collection."""
    score = np.zeros(documents, dtype=np.float32)
    share = np.zeros(documents, dtype=np.float32)
    weights = idf * np.array([term.weight for term in terms], dtype=np.float32)
    places = find_keys(postings.keys, term_keys(term.text for term in terms))
    atoms = [term.word and not _is_compound(term, terms) for term in terms]
    parts = np.sqrt(weights)  # a rare word is more of the question than a common one, but not by its whole idf
    whole = float(parts[atoms].sum()) or 1.0
    for term, place, part, atom in zip(terms, places, parts, atoms, strict=True):
        if place < 0:
            continue
        span = postings.of(int(place))
        rows = postings.places[span]
        score[rows] += postings.impact[span] * np.float32(term.weight)
        if atom or not term.word:
            share[rows] += part / whole
    return Matches(score, np.minimum(share, 1.0, out=share))


def _is_compound(term: Term, terms: Sequence[Term]) -> bool:
    """Tell whether other words of the question are parts of this one: 麻婆 and 豆腐 are of 麻婆豆腐."""
    return any(part.word and part.surface != term.surface and part.surface in term.surface for part in terms)


def matched_words(postings: Postings, place: int, terms: Sequence[Term]) -> tuple[str, ...]:
    """Return the words of the question that the document at `place` holds, or else the pairs of characters."""
    found: list[Term] = []
    for term, where in zip(terms, find_keys(postings.keys, term_keys(term.text for term in terms)), strict=True):
        if where < 0:
            continue
        places = postings.places[postings.of(int(where))]
        spot = int(np.searchsorted(places, place))
        if spot < len(places) and places[spot] == place:
            found.append(term)
    shown = [term for term in found if term.word] or found
    unique = list(dict.fromkeys(term.surface for term in shown))
    return tuple(word for word in unique if not any(word != other and word in other for other in unique))
