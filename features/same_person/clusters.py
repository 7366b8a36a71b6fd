"""Records gathered by average linkage inside connected components, so that a chain of lookalikes is not one person."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from features.same_person.columns import Floats, Ints
from features.same_person.limits import CLUSTER_CAP, COMPONENT_CAP, LINKED

Score = Callable[[Ints, Ints], Floats]


def gathered(n: int, left: Ints, right: Ints, probability: Floats, score: Score | None = None) -> Ints:
    """(n,) the place of the earliest record of each record's cluster; records are in the order of (known_on, id).

    `score` gives the probability of pairs that share no key and lie in one component; without it they count as 0.
    """
    likely = probability >= LINKED
    pairs = _Pairs(n, left, right, probability)
    clusters = np.arange(n, dtype=np.int64)
    components = list(_components(n, left[likely], right[likely], probability[likely], LINKED))
    for component in components:
        if len(component) == 2:
            clusters[component] = component.min()
    larger = [component for component in components if len(component) > 2]
    pairs.complete(larger, score)
    for component in larger:
        for cluster in _cut(pairs.distances(component), component):
            clusters[cluster] = cluster.min()
    return clusters


def _components(n: int, left: Ints, right: Ints, probability: Floats, floor: float) -> Iterator[Ints]:
    """Components of two records or more, of at most COMPONENT_CAP: larger ones fall apart at higher probabilities."""
    graph = coo_array((np.ones(len(left)), (left, right)), shape=(n, n))
    labels = connected_components(graph, directed=False)[1]
    touched = np.unique(np.concatenate([left, right]))
    order = touched[np.argsort(labels[touched], kind="stable")]
    for component in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1):
        if len(component) <= COMPONENT_CAP:
            if len(component):
                yield component
            continue
        higher = (1 + floor) / 2
        inside = (labels[left] == labels[component[0]]) & (probability >= higher)
        if higher < 1:
            yield from _components(n, left[inside], right[inside], probability[inside], higher)


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
        missing = [codes[~self._known(codes)] for codes in map(self._inside, components)]
        codes = np.concatenate(missing)
        self.probability = np.concatenate([self.probability, score(codes // self.n, codes % self.n)])
        self.codes = np.concatenate([self.codes, codes])
        order = np.argsort(self.codes, kind="stable")
        self.codes, self.probability = self.codes[order], self.probability[order]

    def distances(self, component: Ints) -> Floats:
        """Condensed (k (k - 1) / 2,) 1 - probability of the pairs of a component, in ascending order of both."""
        codes = self._inside(component)
        places = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        return np.where(self.codes[places] == codes, 1 - self.probability[places], 1.0)

    def _inside(self, component: Ints) -> Ints:
        ordered = np.sort(component)
        first, second = np.triu_indices(len(ordered), 1)
        inside: Ints = ordered[first] * self.n + ordered[second]
        return inside

    def _known(self, codes: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        places = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        known: np.ndarray[tuple[int], np.dtype[np.bool_]] = self.codes[places] == codes
        return known


def _cut(distances: Floats, component: Ints, farthest: float = 1 - LINKED) -> Iterator[Ints]:
    """The clusters of a component whose records are on average at most `farthest` apart; none over CLUSTER_CAP."""
    ordered = np.sort(component)
    if len(component) <= CLUSTER_CAP and distances.max() <= farthest:  # no average is above the greatest of all
        yield ordered
        return
    labels = fcluster(linkage(distances, "average"), farthest, "distance")
    for label in range(1, labels.max() + 1):
        places = np.flatnonzero(labels == label)
        if len(places) > CLUSTER_CAP and farthest > 1e-6:
            inside = squareform(distances)[np.ix_(places, places)]
            yield from _cut(squareform(inside, checks=False), ordered[places], farthest / 2)
        else:  # so many that are the same in everything are cut by their order
            yield from np.split(ordered[places], range(CLUSTER_CAP, len(places), CLUSTER_CAP))
