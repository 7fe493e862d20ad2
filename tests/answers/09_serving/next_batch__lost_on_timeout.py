# exercise: next_batch
# expect: wrong
# meant: collects in a coroutine that returns its list only when full; on the timeout those that it took already are lost
# about: lost|lose|los(es|ing)|disappear|vanish|thrown away|cancel
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    async def collect(count):
        found = []
        for _ in range(count):
            found.append(await queue.get())
        return found

    first = await queue.get()
    if max_batch_size == 1:
        return [first]
    remaining = first.arrived + max_wait - asyncio.get_running_loop().time()
    if remaining <= 0:
        rest = []
        while len(rest) < max_batch_size - 1 and not queue.empty():
            rest.append(queue.get_nowait())
        return [first] + rest
    try:
        rest = await asyncio.wait_for(collect(max_batch_size - 1), remaining)
    except asyncio.TimeoutError:
        rest = []
    return [first] + rest
