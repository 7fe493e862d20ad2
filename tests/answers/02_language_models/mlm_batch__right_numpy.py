# exercise: mlm_batch
# expect: right
# meant: numpy.select
import numpy as np


def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):
    ids, r = input_ids.numpy(), replace.numpy()
    chosen = (choose.numpy() < 0.15) & (special_tokens_mask.numpy() != 1)
    inputs = np.select([~chosen, r < 0.8, r < 0.9], [ids, np.full_like(ids, mask_id), random_ids.numpy()], ids)
    return torch.from_numpy(inputs), torch.from_numpy(np.where(chosen, ids, -100))
