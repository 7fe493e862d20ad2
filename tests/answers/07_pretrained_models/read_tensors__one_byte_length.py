# exercise: read_tensors
# expect: wrong
# meant: takes the first byte alone for the length
# about: first byte|one byte|single byte|256|255|(8|eight) bytes|length|long header|longer
def read_tensors(raw: bytes) -> dict[str, Tensor]:
    n = raw[0]
    header = json.loads(raw[8 : 8 + n])
    types = {"F32": torch.float32, "I64": torch.int64}
    result = {}
    for name, info in header.items():
        if name == "__metadata__":
            continue
        a, b = (8 + n + x for x in info["data_offsets"])
        result[name] = torch.frombuffer(bytearray(raw[a:b]), dtype=types[info["dtype"]]).reshape(info["shape"])
    return result
