"""A searchable set of documents: columns, postings, vectors, names. The snapshot is one, the overlay another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.retrieval.columns import Columns, make_columns
from assistant.retrieval.dense import Projection, Vectors, make_projection, make_vectors
from assistant.retrieval.documents import MODELS, Document
from assistant.retrieval.lexical import Postings, count_terms, make_postings
from assistant.retrieval.names import Names, make_names
from assistant.retrieval.values import Values, make_values


@dataclass(frozen=True)
class Segment:
    """Documents in the order of model and row; every part speaks of them by their place."""

    columns: Columns
    postings: Postings
    projection: Projection
    vectors: Vectors
    names: Names
    values: Values

    def __len__(self) -> int:
        return len(self.columns)

    def key(self, place: int) -> tuple[str, int]:
        """Return the model and row of the document at `place`."""
        return MODELS[int(self.columns.model[place])], int(self.columns.row[place])


def make_segment(documents: Sequence[Document]) -> Segment:
    """Return `documents`, each row once, as a segment with statistics and a vector space of its own."""
    ordered = sorted(documents, key=lambda document: (MODELS.index(document.model), document.row))
    counts = count_terms(document.texts for document in ordered)
    postings = make_postings(counts)
    projection, rows = make_projection(counts, postings)
    names = make_names([document.names for document in ordered])
    values = make_values(ordered)
    return Segment(make_columns(ordered), postings, projection, make_vectors(rows), names, values)
