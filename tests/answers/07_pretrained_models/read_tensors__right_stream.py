# exercise: read_tensors
# expect: right
# meant: reads from a stream, numpy with explicit byte order
import io

import numpy as np


def read_tensors(raw: bytes) -> dict[str, Tensor]:
    stream = io.BytesIO(raw)
    n = int.from_bytes(stream.read(8), "little")
    header = json.loads(stream.read(n))
    start = stream.tell()
    result = {}
    for name, info in header.items():
        if name == "__metadata__":
            continue
        begin, end = info["data_offsets"]
        stream.seek(start + begin)
        stored, native = (("<f4", "f4") if info["dtype"] == "F32" else ("<i8", "i8"))
        array = np.frombuffer(stream.read(end - begin), dtype=stored).astype(native)
        result[name] = torch.from_numpy(array.reshape(tuple(info["shape"])))
    return result
