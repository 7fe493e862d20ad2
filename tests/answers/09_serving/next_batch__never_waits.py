# exercise: next_batch
# expect: wrong
# meant: takes the first and what stands in the queue, and never waits for others; max_wait is not used
# about: never waits?|does(n.t| not) wait|not wait|without waiting|max_wait is (not|never)|ignores max_wait|unused
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    batch = []
    request = await queue.get()
    batch.append(request)
    while len(batch) < max_batch_size:
        try:
            batch.append(queue.get_nowait())
        except asyncio.QueueEmpty:
            break
    return batch
