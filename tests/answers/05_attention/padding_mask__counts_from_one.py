# exercise: padding_mask
# expect: wrong
# meant: positions counted from 1 with <: one token too few
# about: one (token |position |key )?too few|off by one|count|last (real )?token|\b0\b|how many|too (short|few)
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    places = torch.arange(1, max_length + 1)
    return (places < lengths.unsqueeze(-1)).unsqueeze(1)
