# exercise: read_tensors
# expect: wrong
# meant: reads the numbers with the largest byte first
# about: endian|byte order|smallest byte|largest byte|little|\bbig\b
import struct


def read_tensors(raw: bytes) -> dict[str, Tensor]:
    (n,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + n].decode("utf-8"))
    header.pop("__metadata__", None)
    base, result = 8 + n, {}
    for name, info in header.items():
        begin, end = info["data_offsets"]
        if info["dtype"] == "F32":
            values = struct.unpack(f">{(end - begin) // 4}f", raw[base + begin : base + end])
            tensor = torch.tensor(values, dtype=torch.float32)
        else:
            values = struct.unpack(f">{(end - begin) // 8}q", raw[base + begin : base + end])
            tensor = torch.tensor(values, dtype=torch.int64)
        result[name] = tensor.reshape(info["shape"])
    return result
