# exercise: group_ids
# expect: right
# meant: connected components from scipy, then the smallest member of each
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components


def group_ids(count: int, pairs: list[list[int]]) -> list[int]:
    if count == 0:
        return []
    i = [pair[0] for pair in pairs]
    j = [pair[1] for pair in pairs]
    graph = coo_matrix((np.ones(len(pairs)), (i, j)), shape=(count, count))
    _, component = connected_components(graph, directed=False)
    component = component.tolist()
    return [component.index(c) for c in component]
