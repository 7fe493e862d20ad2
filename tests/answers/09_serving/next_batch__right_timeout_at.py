# exercise: next_batch
# expect: right
# meant: asyncio.timeout_at around plain gets, then whatever stands there
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    batch = [await queue.get()]
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout_at(batch[0].arrived + max_wait):
            while len(batch) < max_batch_size:
                batch.append(await queue.get())
    while len(batch) < max_batch_size and not queue.empty():
        batch.append(queue.get_nowait())
    return batch
