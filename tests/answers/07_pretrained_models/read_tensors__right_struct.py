# exercise: read_tensors
# expect: right
# meant: struct.unpack_from with offsets
import struct


def read_tensors(raw: bytes) -> dict[str, Tensor]:
    (n,) = struct.unpack_from("<Q", raw)
    header = json.loads(raw[8 : 8 + n].decode("utf-8"))
    kinds = {"F32": ("f", torch.float32), "I64": ("q", torch.int64)}
    tensors = {}
    for name in header.keys() - {"__metadata__"}:
        info = header[name]
        letter, dtype = kinds[info["dtype"]]
        values = struct.unpack_from(f"<{math.prod(info['shape'])}{letter}", raw, 8 + n + info["data_offsets"][0])
        tensors[name] = torch.tensor(values, dtype=dtype).reshape(info["shape"])
    return tensors
