"""Records gathered by average linkage inside connected components, so that a chain of lookalikes is not one person."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from features.same_person.columns import Bools, Floats, Ints
from features.same_person.limits import CLUSTER_CAP, COMPONENT_CAP, LINKED

Score = Callable[[Ints, Ints], Floats]


def gathered(n: int, left: Ints, right: Ints, probability: Floats, score: Score | None = None) -> Ints:
    """(n,) the place of the earliest record of each record's cluster; records are in the order of (known_on, id).

    `score` gives the probability of pairs that share no key and lie in one component; without it they count as 0.
    """
    likely = probability >= LINKED
    labels = _labels(n, left[likely], right[likely])
    inside = labels[left] == labels[right]
    pairs = _Pairs(n, left[inside], right[inside], probability[inside])
    components = list(_components(labels, left[likely], right[likely], probability[likely], LINKED))
    pairs.complete(components, score)
    clusters = np.arange(n, dtype=np.int64)
    for alike in components:
        distances = pairs.distances(alike)
        # no average is above the greatest of all: most components need no linkage
        whole = (distances.max(axis=1) <= 1 - LINKED) & (alike.shape[1] <= CLUSTER_CAP)
        clusters[alike[whole]] = alike[whole, :1]
        for component, apart in zip(alike[~whole], distances[~whole], strict=True):
            for cluster in _cut(apart, component):
                clusters[cluster] = cluster.min()
    return clusters


def _labels(n: int, left: Ints, right: Ints) -> Ints:
    """(n,) the number of each record's component."""
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(n, n))
    labels: Ints = connected_components(graph, directed=False)[1]
    return labels


def _components(labels: Ints, left: Ints, right: Ints, probability: Floats, floor: float) -> Iterator[Ints]:
    """(components, size) of one size at a time, 2 to COMPONENT_CAP, records in ascending order.

    Larger components fall apart at higher probabilities.
    """
    touched = np.unique(np.concatenate([left, right]))
    order = touched[np.argsort(labels[touched], kind="stable")]
    begins = np.flatnonzero(np.r_[True, np.diff(labels[order]) != 0][: len(order)])
    sizes = np.diff(np.r_[begins, len(order)])
    for size in np.unique(sizes[sizes <= COMPONENT_CAP]):
        yield order[begins[sizes == size][:, None] + np.arange(size)]
    higher = (1 + floor) / 2
    for begin in begins[sizes > COMPONENT_CAP] if higher < 1 else ():
        inside = (labels[left] == labels[order[begin]]) & (probability >= higher)
        further = _labels(len(labels), left[inside], right[inside])
        yield from _components(further, left[inside], right[inside], probability[inside], higher)


class _Pairs:
    """The probabilities of pairs, to be found by the place of both."""

    def __init__(self, n: int, left: Ints, right: Ints, probability: Floats) -> None:
        codes = np.minimum(left, right) * n + np.maximum(left, right)
        order = np.argsort(codes, kind="stable")
        self.n, self.codes, self.probability = n, codes[order], probability[order]

    def complete(self, components: list[Ints], score: Score | None) -> None:
        """Add the pairs inside the components that are not there yet."""
        if score is None or not components:
            return
        codes = np.concatenate([self._inside(alike).ravel() for alike in components])
        codes = codes[~self._found(codes)[1]]
        self.probability = np.concatenate([self.probability, score(codes // self.n, codes % self.n)])
        self.codes = np.concatenate([self.codes, codes])
        order = np.argsort(self.codes, kind="stable")
        self.codes, self.probability = self.codes[order], self.probability[order]

    def distances(self, components: Ints) -> Floats:
        """(components, k (k - 1) / 2): 1 - probability of the pairs of each, in ascending order of both."""
        places, known = self._found(self._inside(components))
        return np.where(known, 1 - self.probability[places], 1.0)

    def _inside(self, components: Ints) -> Ints:
        first, second = np.triu_indices(components.shape[1], 1)
        inside: Ints = components[:, first] * self.n + components[:, second]
        return inside

    def _found(self, codes: Ints) -> tuple[Ints, Bools]:
        """Where each pair is, and whether it is there."""
        places = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        return places, self.codes[places] == codes


def _cut(distances: Floats, component: Ints, farthest: float = 1 - LINKED) -> Iterator[Ints]:
    """The clusters of a component whose records are on average at most `farthest` apart; none over CLUSTER_CAP."""
    labels = fcluster(linkage(distances, "average"), farthest, "distance")
    for label in range(1, labels.max() + 1):
        places = np.flatnonzero(labels == label)
        if len(places) > CLUSTER_CAP and farthest > 1e-6:
            inside = squareform(distances)[np.ix_(places, places)]
            yield from _cut(squareform(inside, checks=False), component[places], farthest / 2)
        else:  # so many that are the same in everything are cut by their order
            yield from np.split(component[places], range(CLUSTER_CAP, len(places), CLUSTER_CAP))
