# exercise: causal_lm_batch
# expect: right
# meant: lists and a comprehension
def causal_lm_batch(input_ids, attention_mask):
    rows, masks = input_ids.tolist(), attention_mask.tolist()
    labels = [[i if m else -100 for i, m in zip(r[1:], k[1:])] for r, k in zip(rows, masks)]
    inputs = [r[:-1] for r in rows]
    return torch.tensor(inputs, dtype=torch.int64), torch.tensor(labels, dtype=torch.int64)
