# exercise: read_tensors
# expect: wrong
# meant: reads one tensor after the other in the order of the header, without the offsets
# about: offset|order
def read_tensors(raw: bytes) -> dict[str, Tensor]:
    n = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + n])
    place, result = 8 + n, {}
    for name, info in header.items():
        if name == "__metadata__":
            continue
        dtype, width = (torch.float32, 4) if info["dtype"] == "F32" else (torch.int64, 8)
        size = width * math.prod(info["shape"])
        result[name] = torch.frombuffer(bytearray(raw[place : place + size]), dtype=dtype).reshape(info["shape"])
        place += size
    return result
