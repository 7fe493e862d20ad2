# exercise: next_batch
# expect: wrong
# meant: sleeps until the moment and collects then, even if the batch is full earlier
# about: sleep|as soon as|full|early|earlier
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    first = await queue.get()
    now = asyncio.get_running_loop().time()
    await asyncio.sleep(max(0.0, first.arrived + max_wait - now))
    batch = [first]
    while len(batch) < max_batch_size and not queue.empty():
        batch.append(queue.get_nowait())
    return batch
