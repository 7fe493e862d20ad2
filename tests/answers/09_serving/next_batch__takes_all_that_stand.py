# exercise: next_batch
# expect: wrong
# meant: takes whatever stands in the queue, without the limit max_batch_size
# about: max_batch_size|limit|too many|more than|empties|all (of )?(them|that)
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    loop = asyncio.get_running_loop()
    batch = [await queue.get()]
    deadline = batch[0].arrived + max_wait
    while True:
        # whatever stands in the queue goes along
        while not queue.empty():
            batch.append(queue.get_nowait())
        if len(batch) >= max_batch_size:
            return batch
        rest = deadline - loop.time()
        if rest <= 0:
            return batch
        try:
            batch.append(await asyncio.wait_for(queue.get(), rest))
        except asyncio.TimeoutError:
            pass
