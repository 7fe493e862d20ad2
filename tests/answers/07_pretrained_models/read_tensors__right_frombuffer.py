# exercise: read_tensors
# expect: right
# meant: torch.frombuffer on one mutable copy of each piece
def read_tensors(raw: bytes) -> dict[str, Tensor]:
    size = sum(byte << (8 * i) for i, byte in enumerate(raw[:8]))
    body = memoryview(raw)[8 + size :]
    header = json.loads(bytes(raw[8 : 8 + size]))

    def one(info: dict) -> Tensor:
        begin, end = info["data_offsets"]
        dtype = torch.int64 if info["dtype"] == "I64" else torch.float32
        return torch.frombuffer(bytearray(body[begin:end]), dtype=dtype).clone().reshape(info["shape"])

    return {name: one(info) for name, info in header.items() if name != "__metadata__"}
