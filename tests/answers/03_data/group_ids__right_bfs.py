# exercise: group_ids
# expect: right
# meant: breadth-first search from each unvisited text
from collections import defaultdict, deque


def group_ids(count: int, pairs: list[list[int]]) -> list[int]:
    neighbours = defaultdict(set)
    for i, j in pairs:
        neighbours[i].add(j)
        neighbours[j].add(i)
    ids = [None] * count
    for start in range(count):
        if ids[start] is not None:
            continue
        queue = deque([start])
        ids[start] = start
        while queue:
            for other in neighbours[queue.popleft()]:
                if ids[other] is None:
                    ids[other] = start
                    queue.append(other)
    return ids
