# exercise: read_tensors
# expect: wrong
# meant: returns numpy arrays, not tensors
# about: numpy|ndarray|array|Tensor|type
import numpy as np


def read_tensors(raw: bytes) -> dict[str, Tensor]:
    n = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + n])
    header.pop("__metadata__", None)
    result = {}
    for name, info in header.items():
        a, b = (8 + n + x for x in info["data_offsets"])
        kind = np.float32 if info["dtype"] == "F32" else np.int64
        result[name] = np.frombuffer(raw[a:b], dtype=kind).reshape(info["shape"])
    return result
