# exercise: causal_mask
# expect: right
# meant: the identity matrix, cumulated from behind along each row
def causal_mask(length: int) -> Tensor:
    return torch.eye(length).flip(1).cumsum(1).flip(1) > 0
