# exercise: read_tensors
# expect: wrong
# meant: takes the remarks for a tensor
# about: metadata|remark
def read_tensors(raw: bytes) -> dict[str, Tensor]:
    n = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + n])
    types = {"F32": torch.float32, "I64": torch.int64}
    tensors = {}
    for name, info in header.items():
        a, b = info["data_offsets"]
        piece = bytearray(raw[8 + n + a : 8 + n + b])
        tensors[name] = torch.frombuffer(piece, dtype=types[info["dtype"]]).reshape(info["shape"])
    return tensors
