# exercise: mlm_batch
# expect: right
# meant: plain Python lists; numbers are compared as Python floats, so float32's 0.9 (0.89999998) counts as less than 0.9
def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):
    def place(i, special, c, r, other):
        if special or c >= 0.15:
            return i, -100
        return (mask_id if r < 0.8 else other if r < 0.9 else i), i

    tables = (input_ids, special_tokens_mask, choose, replace, random_ids)
    pairs = [[place(*p) for p in zip(*rows)] for rows in zip(*(t.tolist() for t in tables))]
    return tuple(torch.tensor([[p[k] for p in row] for row in pairs], dtype=torch.int64) for k in (0, 1))
