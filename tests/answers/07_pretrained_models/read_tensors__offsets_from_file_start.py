# exercise: read_tensors
# expect: wrong
# meant: counts the offsets from the start of the file
# about: offset|from the (end|start|beginning)|header|start of the file|8 \+ n
import struct


def read_tensors(raw: bytes) -> dict[str, Tensor]:
    n = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + n])
    out = {}
    for name, info in header.items():
        if name == "__metadata__":
            continue
        a, b = info["data_offsets"]
        kind, dtype = ("f", torch.float32) if info["dtype"] == "F32" else ("q", torch.int64)
        size = 4 if kind == "f" else 8
        values = struct.unpack(f"<{(b - a) // size}{kind}", raw[a:b])
        out[name] = torch.tensor(values, dtype=dtype).reshape(info["shape"])
    return out
