# exercise: merge_pair
# expect: right
# meant: takes tokens from a deque
from collections import deque

def merge_pair(tokens: list[int], pair: tuple[int, int], new_token: int) -> list[int]:
    todo = deque(tokens)
    done = []
    while todo:
        t = todo.popleft()
        if t == pair[0] and todo and todo[0] == pair[1]:
            todo.popleft()
            t = new_token
        done.append(t)
    return done
