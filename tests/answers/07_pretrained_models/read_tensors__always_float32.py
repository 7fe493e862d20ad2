# exercise: read_tensors
# expect: wrong
# meant: reads every tensor as float32, I64 too
# about: I64|int64|dtype|whole number|integer
def read_tensors(raw: bytes) -> dict[str, Tensor]:
    n = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + n])
    tensors = {}
    for name, info in header.items():
        if name != "__metadata__":
            a, _ = info["data_offsets"]
            count = math.prod(info["shape"])
            piece = bytearray(raw[8 + n + a : 8 + n + a + 4 * count])
            tensors[name] = torch.frombuffer(piece, dtype=torch.float32).reshape(info["shape"])
    return tensors
