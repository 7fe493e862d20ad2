# exercise: read_tensors
# expect: wrong
# meant: goes through float64 and loses whole numbers beyond 2^53
# about: 2\^?53|float64|double|precision|large|exact|big (whole )?numbers|round
import numpy as np


def read_tensors(raw: bytes) -> dict[str, Tensor]:
    n = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + n])
    tensors = {}
    for name, info in header.items():
        if name == "__metadata__":
            continue
        a, b = info["data_offsets"]
        kind, dtype = {"F32": ("<f4", torch.float32), "I64": ("<i8", torch.int64)}[info["dtype"]]
        array = np.empty(tuple(info["shape"]))
        array[...] = np.frombuffer(raw[8 + n + a : 8 + n + b], dtype=kind).reshape(info["shape"])
        tensors[name] = torch.tensor(array.tolist()).to(dtype) if dtype == torch.float32 else torch.tensor(array).to(dtype)
    return tensors
