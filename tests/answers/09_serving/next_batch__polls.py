# exercise: next_batch
# expect: wrong
# meant: looks ten times during max_wait whether enough are there, so that it returns too late when full and after the moment
# about: poll|sleep|too late|interval|looks? (only )?(every|ten)|overshoot
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    loop = asyncio.get_running_loop()
    batch = [await queue.get()]
    while True:
        while not queue.empty() and len(batch) < max_batch_size:
            batch.append(queue.get_nowait())
        if len(batch) == max_batch_size or loop.time() - batch[0].arrived >= max_wait:
            return batch
        await asyncio.sleep(max_wait / 10)
