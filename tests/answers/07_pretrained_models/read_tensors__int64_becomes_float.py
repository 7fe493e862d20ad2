# exercise: read_tensors
# expect: wrong
# meant: reads I64 correctly and turns it into float32
# about: I64|int64|dtype|float|integer
import numpy as np


def read_tensors(raw: bytes) -> dict[str, Tensor]:
    n = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + n])
    tensors = {}
    for name, info in header.items():
        if name == "__metadata__":
            continue
        a, b = info["data_offsets"]
        kind = {"F32": "<f4", "I64": "<i8"}[info["dtype"]]
        array = np.frombuffer(raw[8 + n + a : 8 + n + b], dtype=kind).reshape(info["shape"])
        tensors[name] = torch.Tensor(array.astype("float32"))
    return tensors
