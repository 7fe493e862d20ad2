# exercise: read_tensors
# expect: wrong
# meant: the numbers begin at n, not at 8 + n
# about: \b8\b|eight|header|begin|start|offset
def read_tensors(raw: bytes) -> dict[str, Tensor]:
    n = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + n])
    data = bytearray(raw[n:])
    types = {"F32": torch.float32, "I64": torch.int64}
    return {
        name: torch.frombuffer(data[slice(*info["data_offsets"])], dtype=types[info["dtype"]]).reshape(info["shape"])
        for name, info in header.items()
        if name != "__metadata__"
    }
