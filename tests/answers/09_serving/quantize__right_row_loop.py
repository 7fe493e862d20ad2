# exercise: quantize
# expect: right
# meant: one row after the other with torch, then stack
def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    all_codes, all_scales = [], []
    for row in weight:
        scale = row.abs().max() / 127
        if not row.any():
            scale = torch.ones((), dtype=torch.float32)
        all_codes.append((row / scale).round().to(torch.int8))
        all_scales.append(scale)
    return torch.stack(all_codes), torch.stack(all_scales)
