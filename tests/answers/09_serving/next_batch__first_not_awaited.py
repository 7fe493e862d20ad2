# exercise: next_batch
# expect: wrong
# meant: waits at most max_wait for the first request too and returns an empty list
# about: empty (list|batch)|as long as it takes|first (request|one)?.*(timeout|limit|long|wait)|no request|nothing
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    loop = asyncio.get_running_loop()
    batch = []
    deadline = loop.time() + max_wait
    while len(batch) < max_batch_size:
        if not queue.empty():
            batch.append(queue.get_nowait())
            deadline = batch[0].arrived + max_wait
            continue
        remaining = deadline - loop.time()
        if remaining <= 0:
            break
        try:
            request = await asyncio.wait_for(queue.get(), timeout=remaining)
        except asyncio.TimeoutError:
            break
        batch.append(request)
        deadline = batch[0].arrived + max_wait
    return batch
