# exercise: length_batches
# expect: wrong
# meant: leaves out the smaller last batch, like drop_last
# about: drop|left out|leaves? out|incomplete|every row|lost|last batch|smaller batch
def length_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    generator = random.Random(seed)
    rows = list(range(len(lengths)))
    generator.shuffle(rows)
    rows.sort(key=lambda row: lengths[row])
    batches = [rows[number * batch_size : (number + 1) * batch_size] for number in range(len(rows) // batch_size)]
    generator.shuffle(batches)
    return batches
