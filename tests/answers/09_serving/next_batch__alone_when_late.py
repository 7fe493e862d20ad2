# exercise: next_batch
# expect: wrong
# meant: when the moment has passed already, what stands in the queue is not taken along
# about: passed|expired|already|stands? in the queue|goes along|overdue|negative|late
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    loop = asyncio.get_running_loop()
    first = await queue.get()
    batch = [first]
    while len(batch) < max_batch_size:
        remaining = first.arrived + max_wait - loop.time()
        if remaining <= 0:
            break
        try:
            batch.append(await asyncio.wait_for(queue.get(), remaining))
        except TimeoutError:
            break
    return batch
