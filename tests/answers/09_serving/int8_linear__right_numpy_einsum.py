# exercise: int8_linear
# expect: right
# meant: numpy with einsum in int32
import numpy as np


def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    x_codes, x_scales = quantize(x)
    sums = np.einsum("bi,oi->bo", x_codes.numpy().astype(np.int32), codes.numpy().astype(np.int32))
    factors = np.multiply.outer(x_scales.detach().numpy(), scales.detach().numpy())
    result = sums * factors.astype(np.float64) + bias.detach().numpy()
    return torch.from_numpy(result.astype(np.float32))
