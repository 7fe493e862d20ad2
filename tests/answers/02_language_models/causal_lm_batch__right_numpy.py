# exercise: causal_lm_batch
# expect: right
# meant: numpy.where
import numpy as np


def causal_lm_batch(input_ids, attention_mask):
    ids, mask = input_ids.numpy().copy(), attention_mask.numpy()
    target = np.where(mask[:, 1:] != 0, ids[:, 1:], -100)
    return torch.from_numpy(ids[:, :-1].copy()), torch.from_numpy(target)
