# exercise: read_tensors
# expect: wrong
# meant: looks for the closing braces instead of reading n: wrong where the header is filled up with spaces
# about: brace|space|pad|length|\bn\b|first (8|eight)|}}
def read_tensors(raw: bytes) -> dict[str, Tensor]:
    end = raw.index(b"}}", 8) + 2
    header = json.loads(raw[8:end])
    types = {"F32": torch.float32, "I64": torch.int64}
    result = {}
    for name, info in header.items():
        if name == "__metadata__":
            continue
        a, b = (end + x for x in info["data_offsets"])
        result[name] = torch.frombuffer(bytearray(raw[a:b]), dtype=types[info["dtype"]]).reshape(info["shape"])
    return result
