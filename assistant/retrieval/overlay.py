"""What has changed since the snapshot: a small segment in memory, kept up by the IndexChange rows of the writers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from django.db.models import QuerySet

from assistant.retrieval import documents
from assistant.retrieval.columns import Array, make_columns
from assistant.retrieval.dense import make_vectors
from assistant.retrieval.documents import MODELS, Document
from assistant.retrieval.lexical import Counts, count_terms, make_postings
from assistant.retrieval.names import make_names
from assistant.retrieval.segment import Segment
from assistant.retrieval.storage import Snapshot
from assistant.retrieval.values import make_values
from integrations.models import IndexChange

Key = tuple[str, int]


@dataclass(frozen=True)
class Entry:
    """A changed row, read and analysed."""

    document: Document
    counts: Counts
    vector: Array


@dataclass(frozen=True)
class Parts:
    """What a search goes through: the snapshot's documents that still hold, and the changed ones."""

    snapshot: Snapshot
    alive: Array | None  # bool, one per document of the snapshot; None: all
    changed: Segment | None

    def segments(self) -> list[tuple[Segment, Array | None]]:
        """Return the segments, each with which of its documents count."""
        first: list[tuple[Segment, Array | None]] = [(self.snapshot.segment, self.alive)]
        return first if self.changed is None else [*first, (self.changed, None)]


@dataclass
class Overlay:
    """The changes since one snapshot, as this process has seen them."""

    snapshot: Snapshot
    seen: set[int] = field(init=False)
    count: int = field(init=False)  # IndexChange rows since the snapshot at the last look
    entries: dict[Key, Entry] = field(default_factory=dict)
    alive: Array | None = None
    parts: Parts = field(init=False)

    def __post_init__(self) -> None:
        self.seen = set(self.snapshot.covered.tolist())
        self.count = len(self.seen)
        self.parts = Parts(self.snapshot, None, None)

    def refresh(self) -> None:
        """Take in what has been committed since the last look.

        Ids and times are given out before a commit, so a row may appear behind ones already seen: every look goes over
        the whole time since the snapshot, and only the count, which nothing lowers, tells that nothing is new.
        """
        changes = self._changes()
        if changes.count() == self.count:
            return
        rows = list(changes.order_by("pk").values_list("pk", "model", "row"))
        fresh = [(pk, model, row) for pk, model, row in rows if pk not in self.seen]
        self._take({(model, row) for _, model, row in fresh if model in MODELS})
        self.seen.update(pk for pk, _, _ in fresh)
        self.count = len(rows)

    def _changes(self) -> QuerySet[IndexChange]:
        return IndexChange.objects.filter(at__gte=datetime.fromisoformat(self.snapshot.manifest.since))

    def _take(self, keys: set[Key]) -> None:
        if not keys:
            return
        merchants = sorted(row for model, row in keys if model == "merchant")
        # What a merchant is or does shows in its offers, so they are read again with it.
        keys = keys | {("offer", row) for row in documents.offers_of(merchants)}
        self._bury(keys, merchants)
        segment = self.snapshot.segment
        for model in MODELS:
            ids = sorted(row for name, row in keys if name == model)
            for document in documents.read(model, ids) if ids else ():
                counts = count_terms([document.texts])
                self.entries[document.key] = Entry(document, counts, segment.projection.embed_counts(counts))
        self.parts = Parts(self.snapshot, self.alive, self._segment())

    def _bury(self, keys: Iterable[Key], merchants: list[int]) -> None:
        """Drop the old state of rows, and of everything that merchants sold."""
        columns = self.snapshot.segment.columns
        alive = np.ones(len(columns), dtype=np.bool_) if self.alive is None else self.alive.copy()
        for key in keys:
            self.entries.pop(key, None)
            place = columns.find(*key)
            if place is not None:
                alive[place] = False
        if merchants:
            alive[np.isin(columns.merchant, merchants)] = False
            gone = [key for key, entry in self.entries.items() if entry.document.merchant in set(merchants)]
            for key in gone:
                del self.entries[key]
        self.alive = alive

    def _segment(self) -> Segment | None:
        if not self.entries:
            return None
        entries = [self.entries[key] for key in sorted(self.entries, key=lambda key: (MODELS.index(key[0]), key[1]))]
        changed, like = [entry.document for entry in entries], self.snapshot.segment
        counts = Counts(
            len(entries),
            np.repeat(np.arange(len(entries), dtype=np.int32), [len(entry.counts.key) for entry in entries]),
            np.concatenate([entry.counts.key for entry in entries]),
            np.concatenate([entry.counts.count for entry in entries]),
        )
        return Segment(
            columns=make_columns(changed),
            postings=make_postings(counts, like.postings),
            projection=like.projection,
            vectors=make_vectors(np.concatenate([entry.vector for entry in entries])),
            names=make_names([document.names for document in changed]),
            values=make_values(changed),
        )
