# exercise: next_batch
# expect: wrong
# meant: counts max_wait from the moment at which the first one was taken and not from when it arrived
# about: arriv|from (the moment|when)|moment at which|already waited
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    loop = asyncio.get_running_loop()
    batch = [await queue.get()]
    deadline = loop.time() + max_wait
    while len(batch) < max_batch_size:
        if not queue.empty():
            batch.append(queue.get_nowait())
            continue
        left = deadline - loop.time()
        if left <= 0:
            break
        try:
            batch.append(await asyncio.wait_for(queue.get(), left))
        except asyncio.TimeoutError:
            break
    return batch
