# exercise: prepare_batch
# expect: right
# meant: pad_sequence, and recursion for the truncation
from torch.nn.utils.rnn import pad_sequence

def prepare_batch(pairs: list[tuple[list[int], list[int] | None]], max_length: int) -> dict[str, Tensor]:
    def shorten(m, n, room):
        over = m + n - room
        if over <= 0:
            return m, n
        if m > n:
            return shorten(m - min(over, m - n), n, room)
        if n > m:
            return shorten(m, n - min(over, n - m), room)
        return m - over // 2, n - (over + 1) // 2

    columns = {"input_ids": [], "token_type_ids": [], "attention_mask": []}
    for first, second in pairs:
        if second is None:
            m, _ = shorten(len(first), 0, max_length - 2)
            row = [CLS, *first[:m], SEP]
            border = len(row)
        else:
            m, n = shorten(len(first), len(second), max_length - 3)
            row = [CLS, *first[:m], SEP, *second[:n], SEP]
            border = m + 2
        columns["input_ids"].append(torch.tensor(row))
        columns["token_type_ids"].append((torch.arange(len(row)) >= border).long())
        columns["attention_mask"].append(torch.ones(len(row), dtype=torch.long))
    return {k: pad_sequence(v, batch_first=True, padding_value=0) for k, v in columns.items()}
