# exercise: causal_mask
# expect: wrong
# meant: an additive mask of 0 and -inf, as generate_square_subsequent_mask gives it
# about: bool|dtype|float|type|-?inf|additive
def causal_mask(length: int) -> Tensor:
    return nn.Transformer.generate_square_subsequent_mask(length)
