# exercise: read_tensors
# expect: wrong
# meant: a tensor of shape [] comes back as one of shape [1]
# about: scalar|shape \[\]|\(\)|\[\]|single number|no axes|without axes|\[1\]|0-d|zero.?dim
def read_tensors(raw: bytes) -> dict[str, Tensor]:
    n = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + n])
    types = {"F32": torch.float32, "I64": torch.int64}
    result = {}
    for name, info in header.items():
        if name == "__metadata__":
            continue
        a, b = (8 + n + x for x in info["data_offsets"])
        tensor = torch.frombuffer(bytearray(raw[a:b]), dtype=types[info["dtype"]])
        if info["shape"]:
            tensor = tensor.view(*info["shape"])
        result[name] = tensor
    return result
