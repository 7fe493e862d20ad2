# exercise: quantize
# expect: right
# meant: numpy: np.abs, np.rint (to even), astype, in float32
import numpy as np


def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    array = weight.detach().cpu().numpy()
    scales = np.abs(array).max(axis=1) / np.float32(127)
    scales = np.where(array.any(axis=1), scales, np.float32(1)).astype(np.float32)
    codes = np.rint(array / scales[:, np.newaxis]).astype(np.int8)
    return torch.from_numpy(codes), torch.from_numpy(scales)
