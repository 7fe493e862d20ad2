# exercise: next_batch
# expect: right
# meant: one get task against a sleeping one with asyncio.wait, and the loser is cancelled
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    first = await queue.get()
    batch = [first]
    alarm = asyncio.create_task(
        asyncio.sleep(max(0.0, first.arrived + max_wait - asyncio.get_running_loop().time()))
    )
    try:
        while len(batch) < max_batch_size:
            if queue.qsize():
                batch.append(queue.get_nowait())
            elif alarm.done():
                break
            else:
                getter = asyncio.create_task(queue.get())
                try:
                    await asyncio.wait({getter, alarm}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    getter.cancel()  # of no effect if it is done
                with contextlib.suppress(asyncio.CancelledError):
                    batch.append(await getter)
    finally:
        alarm.cancel()
    return batch
