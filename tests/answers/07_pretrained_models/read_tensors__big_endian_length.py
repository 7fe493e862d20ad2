# exercise: read_tensors
# expect: wrong
# meant: reads the length with the largest byte first
# about: endian|byte order|smallest byte|largest byte|little|\bbig\b
def read_tensors(raw: bytes) -> dict[str, Tensor]:
    n = int.from_bytes(raw[:8], "big")
    header = json.loads(raw[8 : 8 + n])
    data = raw[8 + n :]
    result = {}
    for name, info in header.items():
        if name == "__metadata__":
            continue
        a, b = info["data_offsets"]
        dtype = torch.float32 if info["dtype"] == "F32" else torch.int64
        result[name] = torch.frombuffer(bytearray(data[a:b]), dtype=dtype).reshape(info["shape"])
    return result
