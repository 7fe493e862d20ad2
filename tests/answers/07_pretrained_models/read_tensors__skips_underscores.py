# exercise: read_tensors
# expect: wrong
# meant: skips every name that begins with an underscore
# about: underscore|__metadata__|\bnames?\b|begin|start|exactly|skip
def read_tensors(raw: bytes) -> dict[str, Tensor]:
    n = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + n])
    types = {"F32": torch.float32, "I64": torch.int64}
    result = {}
    for name, info in header.items():
        if name.startswith("_"):
            continue
        a, b = (8 + n + x for x in info["data_offsets"])
        result[name] = torch.frombuffer(bytearray(raw[a:b]), dtype=types[info["dtype"]]).reshape(info["shape"])
    return result
