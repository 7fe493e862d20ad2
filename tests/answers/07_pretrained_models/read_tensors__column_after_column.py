# exercise: read_tensors
# expect: wrong
# meant: fills the shape column after column
# about: row after row|row|column|transpos|order|Fortran
import numpy as np


def read_tensors(raw: bytes) -> dict[str, Tensor]:
    n = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + n])
    result = {}
    for name, info in header.items():
        if name == "__metadata__":
            continue
        a, b = (8 + n + x for x in info["data_offsets"])
        array = np.frombuffer(raw[a:b], dtype="<f4" if info["dtype"] == "F32" else "<i8").copy()
        result[name] = torch.from_numpy(array.reshape(info["shape"], order="F"))
    return result
