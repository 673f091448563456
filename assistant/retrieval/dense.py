"""Latent semantic vectors: what stands in the same documents points the same way, across Chinese and English.

TF-IDF over the terms of every document, cut to its first singular vectors (Deerwester et al., 1990). A text's vector is
the weighted sum of its terms' rows of the projection, so asking needs a few array look-ups and no model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import faiss as _faiss
import numpy as np

from assistant.retrieval.columns import Array
from assistant.retrieval.lexical import Counts, Postings, find_keys, term_keys
from assistant.retrieval.text import Term

faiss: Any = _faiss  # its stubs know the C++ side only, not the arrays and parameters its Python side takes

SIZE = 96
MIN_SIZE = 16  # a catalogue too small for as many dimensions is searched by words alone
DOCUMENTS_PER_DIMENSION = 16  # with as many dimensions as documents nothing would be learnt from company
MIN_DOCUMENTS = 2  # a term in fewer teaches nothing
MAX_TERMS = 60_000
EXACT = 30_000  # filtered documents up to which their vectors are compared directly
SEED = 7


@dataclass(frozen=True)
class Projection:
    """From terms to vectors."""

    keys: Array  # uint64, sorted
    rows: Array  # float32, (terms, size); idf is multiplied in
    size: int = field(default=SIZE, metadata={"array": False})

    def embed(self, keys: Array, counts: Array) -> Array:
        """Return the unit vector of a text by its terms; zeros where it has no known term."""
        places = find_keys(self.keys, keys)
        known = places >= 0
        vector = np.log1p(counts[known]).astype(np.float32) @ self.rows[places[known]]
        length = float(np.linalg.norm(vector))
        return np.asarray(vector / length if length > 0 else np.zeros(self.size), dtype=np.float32)

    def embed_terms(self, terms: Sequence[Term]) -> Array:
        """Return the vector of a question."""
        weights = np.array([term.weight for term in terms], dtype=np.float32)
        return self.embed(term_keys(term.text for term in terms), weights)

    def embed_counts(self, counts: Counts) -> Array:
        """Return the vectors of documents, one row each."""
        bounds = np.searchsorted(counts.document, np.arange(counts.documents + 1))
        vectors = np.zeros((counts.documents, self.size), dtype=np.float32)
        for place in range(counts.documents):
            span = slice(bounds[place], bounds[place + 1])
            vectors[place] = self.embed(counts.key[span], counts.count[span])
        return vectors


def make_projection(counts: Counts, postings: Postings) -> tuple[Projection, Array]:
    """Learn the projection from all documents; return it and their unit vectors."""
    from scipy.sparse import csr_matrix  # only a build needs these
    from threadpoolctl import threadpool_limits

    frequency = np.diff(postings.starts)
    common = np.flatnonzero((frequency >= MIN_DOCUMENTS) & (frequency <= max(counts.documents // 2, MIN_DOCUMENTS)))
    if len(common) > MAX_TERMS:
        common = np.sort(common[np.argsort(-frequency[common], kind="stable")[:MAX_TERMS]])
    keys, idf = postings.keys[common], postings.idf[common]
    columns = find_keys(keys, counts.key)
    known = columns >= 0
    values = np.log1p(counts.count[known]) * idf[columns[known]]
    shape = (counts.documents, len(keys))
    matrix = csr_matrix((values, (counts.document[known], columns[known])), shape=shape, dtype=np.float32)
    lengths = np.sqrt(np.bincount(counts.document[known], weights=values**2, minlength=counts.documents))
    matrix.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(matrix.indptr)).astype(np.float32)
    rank = min(SIZE, counts.documents // DOCUMENTS_PER_DIMENSION, len(keys))
    with threadpool_limits(1, "blas"):  # more threads are slower as soon as anything else runs on the machine
        right = right_vectors(matrix, rank if rank >= MIN_SIZE else 0)
    vectors = unit(np.asarray(matrix @ right.T, dtype=np.float32))
    rows = np.ascontiguousarray(right.T * idf[:, None], dtype=np.float32)
    return Projection(keys, rows, right.shape[0]), vectors


def right_vectors(matrix: Any, rank: int) -> Array:
    """Return the first `rank` right singular vectors of a sparse matrix, shape (rank, columns).

    Random projection with power iterations: Halko, Martinsson and Tropp (2011), algorithm 4.4.
    """
    if rank == 0:
        return np.zeros((0, matrix.shape[1]), dtype=np.float32)
    random = np.random.default_rng(SEED)
    basis = matrix @ random.standard_normal((matrix.shape[1], rank + 16), dtype=np.float32)
    for _ in range(3):
        basis = matrix @ (matrix.T @ np.linalg.qr(basis)[0])
    basis = np.linalg.qr(basis)[0]
    return np.asarray(np.linalg.svd((matrix.T @ basis).T, full_matrices=False)[2][:rank], dtype=np.float32)


def unit(vectors: Array) -> Array:
    """Return the rows scaled to length 1; zero rows stay."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)


@dataclass(frozen=True)
class Vectors:
    """The documents' vectors: a FAISS index (inner product) and the same memory as an array."""

    index: Any
    rows: Array  # float32, (documents, size)


def make_vectors(rows: Array) -> Vectors:
    """Return `rows` as vectors to search."""
    index = faiss.IndexFlatIP(max(rows.shape[1], 1))
    if rows.shape[1]:
        index.add(np.ascontiguousarray(rows))
    return Vectors(index, rows)


def save_vectors(vectors: Vectors, path: str) -> None:
    """Write the FAISS file."""
    faiss.write_index(vectors.index, path)


def open_vectors(path: str, documents: int, size: int) -> Vectors:
    """Memory-map the FAISS file; raise `ValueError` if it does not hold `documents` vectors of `size`."""
    try:
        index = faiss.read_index(path, faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise ValueError(str(error).splitlines()[0]) from error
    if size == 0 or documents == 0:
        return Vectors(index, np.zeros((documents, size), dtype=np.float32))
    if (index.ntotal, index.d) != (documents, size):
        raise ValueError(f"{index.ntotal} vectors of {index.d}, not {documents} of {size}")
    rows = faiss.rev_swig_ptr(index.get_xb(), documents * size).reshape(documents, size)
    rows.flags.writeable = False  # the memory is the file
    return Vectors(index, rows)


def similarities(vectors: Vectors, question: Array, places: Array) -> Array:
    """Return the cosine of the question with the documents at `places`."""
    # einsum stays on this thread: BLAS would wake its pool, which takes longer than the sum while a model runs.
    return np.asarray(np.einsum("ij,j->i", vectors.rows[places], question), dtype=np.float32)


def nearest(vectors: Vectors, question: Array, places: Array, count: int) -> tuple[Array, Array]:
    """Return the `count` nearest of the documents at `places`, exactly: their places and cosines, best first."""
    if len(places) == 0 or not question.any():
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    count = min(count, len(places))
    if len(places) <= EXACT:
        found = similarities(vectors, question, places)
        best = np.argpartition(-found, count - 1)[:count]
        best = best[np.argsort(-found[best], kind="stable")]
        return places[best], found[best]
    bits = np.zeros(vectors.index.ntotal, dtype=np.bool_)
    bits[places] = True
    chosen = faiss.IDSelectorBitmap(np.packbits(bits, bitorder="little"))
    scores, found_at = vectors.index.search(question[None, :], count, params=faiss.SearchParameters(sel=chosen))
    return found_at[0], scores[0]
