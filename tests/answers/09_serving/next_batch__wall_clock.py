# exercise: next_batch
# expect: wrong
# meant: compares arrived with time.time(), another clock than that of the event loop
# about: clock|time\.time|loop\.time|get_running_loop
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    batch = [await queue.get()]
    end = batch[0].arrived + max_wait
    while len(batch) < max_batch_size:
        if queue.empty():
            rest = end - time.time()
            if rest <= 0:
                return batch
            try:
                item = await asyncio.wait_for(queue.get(), rest)
            except asyncio.TimeoutError:
                return batch
            batch.append(item)
        else:
            batch.append(queue.get_nowait())
    return batch
