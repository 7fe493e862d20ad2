# exercise: next_batch
# expect: wrong
# meant: asyncio.wait does not cancel its task: the pending get swallows the next request after the return
# about: cancel|pending|task|swallow|left behind|still wait
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    loop = asyncio.get_running_loop()
    batch = [await queue.get()]
    deadline = batch[0].arrived + max_wait
    while len(batch) < max_batch_size:
        if not queue.empty():
            batch.append(queue.get_nowait())
            continue
        if loop.time() >= deadline:
            break
        task = asyncio.ensure_future(queue.get())
        done, _ = await asyncio.wait([task], timeout=deadline - loop.time())
        if not done:
            break
        batch.append(task.result())
    return batch
