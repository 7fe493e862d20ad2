# exercise: next_batch
# expect: right
# meant: a helper coroutine fills a shared list under wait_for, and get_nowait takes the rest
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    batch: list = []

    def take() -> None:
        with contextlib.suppress(asyncio.QueueEmpty):
            while len(batch) < max_batch_size:
                batch.append(queue.get_nowait())

    async def fill() -> None:
        while len(batch) < max_batch_size:
            batch.append(await queue.get())

    batch.append(await queue.get())
    take()
    rest = batch[0].arrived + max_wait - asyncio.get_running_loop().time()
    if len(batch) < max_batch_size and rest > 0:
        try:
            await asyncio.wait_for(fill(), rest)
        except asyncio.TimeoutError:
            take()
    return batch
