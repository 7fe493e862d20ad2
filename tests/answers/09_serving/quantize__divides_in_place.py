# exercise: quantize
# expect: wrong
# meant: divides the weights in place, so the caller's matrix is overwritten
# about: in.?place|overwrit|unchanged|mutat|argument|modif|div_|caller
def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    with torch.no_grad():
        scales = weight.abs().amax(dim=1) / 127
        scales[scales == 0] = 1.0
        weight.div_(scales[:, None]).round_()
        codes = weight.to(torch.int8)
    return codes, scales
