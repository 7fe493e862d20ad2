# exercise: next_batch
# expect: wrong
# meant: counts max_wait from the arrival of the last one taken, the wait starts anew with each further request
# about: (each|every) (further|new|next|time|request)|anew|again|restart|reset|(last|latest|newest) (one|request)|oldest|batch\[-1\]
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    batch = [await queue.get()]
    while len(batch) < max_batch_size:
        try:
            batch.append(queue.get_nowait())
        except asyncio.QueueEmpty:
            waited = asyncio.get_running_loop().time() - batch[-1].arrived
            if waited >= max_wait:
                break
            try:
                batch.append(await asyncio.wait_for(queue.get(), timeout=max_wait - waited))
            except asyncio.TimeoutError:
                break
    return batch
