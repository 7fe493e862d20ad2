# exercise: next_batch
# expect: wrong
# meant: the TimeoutError of wait_for is not caught (QueueEmpty is): a batch that does not fill raises
# about: Timeout|caught|catch|QueueEmpty
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    batch = [await queue.get()]
    deadline = batch[0].arrived + max_wait
    while len(batch) < max_batch_size:
        seconds = deadline - asyncio.get_running_loop().time()
        try:
            if seconds > 0:
                batch.append(await asyncio.wait_for(queue.get(), seconds))
            else:
                batch.append(queue.get_nowait())
        except asyncio.QueueEmpty:
            break
    return batch
