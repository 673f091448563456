"""Catalogue search: filter, then rank by words, meaning, quality and distance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from assistant.retrieval import dense, lexical, view
from assistant.retrieval.columns import Array
from assistant.retrieval.filters import distance_km, is_open, select
from assistant.retrieval.names import name_key
from assistant.retrieval.overlay import Parts
from assistant.retrieval.relaxing import loosen
from assistant.retrieval.segment import Segment
from assistant.retrieval.text import MAX_QUERY_CHARS, Term, query_terms, says_nothing, term_key
from integrations.base import Filters, Hit

# What a hit's score is made of. Words come first; among equals the better and the nearer.
WORDS, SHARE, MEANING = 0.55, 0.25, 0.20
NAME, QUALITY, NEARNESS, OPEN = 0.10, 0.15, 0.20, 0.03  # NAME: what was asked is the whole name
BROWSE_QUALITY, BROWSE_NEARNESS = 0.6, 0.4
RATING_SHARE = 0.6  # of quality; the rest is popularity
NEAR_KM = 3.0  # nearness falls to 1/e

NEIGHBOURS = 200  # documents that meaning alone may bring in
MIN_SIMILARITY = 0.6  # of those
MIN_SHARE = 0.2  # of the question that a document must hold, against the best one


@dataclass(frozen=True)
class _Question:
    terms: Sequence[Term]
    idf: Array
    vector: Array
    title: int  # the key of what was written, to compare with whole names


@dataclass(frozen=True)
class _Ranked:
    """Documents of one segment that satisfy the filters and, if something was asked, answer it."""

    segment: Segment
    places: Array
    words: Array  # BM25
    share: Array
    similarity: Array
    km: Array | None


def search(
    text: str,
    filters: Filters | None = None,
    *,
    limit: int = 20,
    now: datetime | None = None,
    language: str = "zh",
    relax: bool = False,
) -> list[Hit]:
    """Return up to `limit` documents that satisfy all `filters`, best first, each with the reasons for it.

    `text` may be Chinese, English or both; without a word that narrows the search everything is browsed by quality
    and distance. With `relax`, and only where nothing satisfies all filters, the least important are given up and
    named in `Hit.relaxed`; never the diet (tags, without, max_spice), the city, the kind or where it is delivered to.
    `now` (aware) puts what is open a little ahead. `language` is the person's; documents hold both languages and one
    index serves both, so it makes no difference today.
    """
    filters = filters or Filters()
    parts = view.current()
    question = _question(text, parts)
    if question is None and not says_nothing(text):
        return []  # punctuation, symbols: nothing to look for
    hits = _search(parts, question, filters, limit, now)
    if hits or not relax:
        return hits
    for names, loosened in loosen(filters):
        hits = _search(parts, question, loosened, limit, now)
        if hits:
            return [replace(hit, relaxed=names) for hit in hits]
    return []


def _question(text: str, parts: Parts) -> _Question | None:
    terms = query_terms(text)
    if not terms:
        return None
    segment = parts.snapshot.segment
    idf = segment.postings.weights(lexical.term_keys(term.text for term in terms))
    title = term_key(name_key(text[:MAX_QUERY_CHARS]))
    return _Question(terms, idf.astype(np.float32), segment.projection.embed_terms(terms), title)


def _search(parts: Parts, question: _Question | None, filters: Filters, limit: int, now: datetime | None) -> list[Hit]:
    ranked = []
    for segment, alive in parts.segments():
        places = select(segment, filters, alive)
        if len(places):
            ranked.append(_look_up(segment, places, question, filters))
    if question is not None:
        ranked = _answers(ranked)
    best_words = max((float(found.words.max(initial=0.0)) for found in ranked), default=0.0)
    hits = [hit for found in ranked for hit in _best(found, question, best_words, limit, now)]
    return sorted(hits, key=lambda hit: (-hit.score, hit.model, hit.id))[:limit]


def _look_up(segment: Segment, places: Array, question: _Question | None, filters: Filters) -> _Ranked:
    """Score the documents at `places`; with a question, keep those it has anything to do with."""
    if question is None:
        nothing = np.zeros(len(places), dtype=np.float32)
        return _Ranked(segment, places, nothing, nothing, nothing, _distances(segment, places, filters))
    found = lexical.match(segment.postings, len(segment), question.terms, question.idf)
    near, cosine = dense.nearest(segment.vectors, question.vector, places, NEIGHBOURS)
    near = near[cosine >= MIN_SIMILARITY]
    wordy = places[found.share[places] >= MIN_SHARE * found.share[places].max(initial=0.0)]
    wordy = wordy[found.share[wordy] > 0]
    places = np.union1d(wordy, near)
    similarity = dense.similarities(segment.vectors, question.vector, places)
    km = _distances(segment, places, filters)
    return _Ranked(segment, places, found.score[places], found.share[places], similarity, km)


def _answers(ranked: list[_Ranked]) -> list[_Ranked]:
    """Drop documents that hold far less of the question than the best one of all segments."""
    best = max((float(found.share.max(initial=0.0)) for found in ranked), default=0.0)
    kept = []
    for found in ranked:
        keep = (found.share >= MIN_SHARE * best) & (found.share > 0) | (found.similarity >= MIN_SIMILARITY)
        km = None if found.km is None else found.km[keep]
        places, words = found.places[keep], found.words[keep]
        kept.append(_Ranked(found.segment, places, words, found.share[keep], found.similarity[keep], km))
    return kept


def _distances(segment: Segment, places: Array, filters: Filters) -> Array | None:
    point = filters.near or filters.delivers_to
    return None if point is None else distance_km(segment.columns.lat[places], segment.columns.lng[places], point)


def _best(
    found: _Ranked, question: _Question | None, best_words: float, limit: int, now: datetime | None
) -> Iterator[Hit]:
    """Yield the best documents of a segment as hits."""
    quality = _quality(found.segment, found.places)
    nearness = np.zeros(len(found.places)) if found.km is None else np.nan_to_num(np.exp(-found.km / NEAR_KM))
    if question is None:
        score = BROWSE_QUALITY * quality + BROWSE_NEARNESS * nearness
    else:
        score = WORDS * found.words / (best_words or 1.0) + SHARE * found.share
        score = score + MEANING * np.maximum(found.similarity, 0) + QUALITY * quality + NEARNESS * nearness
        titles = found.segment.columns.titles[found.places]
        score = score + NAME * (titles == np.uint64(question.title)).any(axis=1)
    if now is not None:
        score = score + OPEN * is_open(found.segment.columns, found.places, now)
    for spot in np.argsort(-score, kind="stable")[:limit]:
        place = int(found.places[spot])
        model, row = found.segment.key(place)
        yield Hit(
            model=model,
            id=row,
            score=round(float(score[spot]), 4),
            km=None if found.km is None or np.isnan(found.km[spot]) else round(float(found.km[spot]), 3),
            matched=lexical.matched_words(found.segment.postings, place, question.terms) if question else (),
            similarity=round(float(found.similarity[spot]), 3) if question else None,
        )


def _quality(segment: Segment, places: Array) -> Array:
    """Return how good and how wanted the documents are, 0..1; one without a rating counts as middling."""
    rating = segment.columns.rating[places].astype(np.float32)
    good = np.where(rating < 0, 0.5, np.clip((rating - 30) / 20, 0, 1))
    return np.asarray(RATING_SHARE * good + (1 - RATING_SHARE) * segment.columns.popularity[places])
