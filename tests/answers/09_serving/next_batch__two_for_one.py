# exercise: next_batch
# expect: wrong
# meant: looks at the size only after a further one was taken: with max_batch_size 1 it waits and gives two
# about: max_batch_size\D{0,12}1\b|size (of )?(1|one)\b|batch of one|two (requests|for)|one too many|before (it )?(wait|tak)
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    loop = asyncio.get_running_loop()
    batch = [await queue.get()]
    deadline = batch[0].arrived + max_wait
    while True:
        if queue.empty():
            rest = deadline - loop.time()
            if rest <= 0:
                break
            try:
                batch.append(await asyncio.wait_for(queue.get(), rest))
            except asyncio.TimeoutError:
                break
        else:
            batch.append(queue.get_nowait())
        if len(batch) >= max_batch_size:
            break
    return batch
