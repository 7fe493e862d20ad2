"""Plain data: what an answer returned, written down so that it can be stored, sent and compared, and never executed.

``encode`` turns a value into JSON-able data, ``decode`` back into the value, ``reading`` into what a judge compares:
numpy arrays with the dtype's name, so that a judge needs no torch. Pickle is never used: reading it is running it.

Scalars, strings and lists stand for themselves; everything else is ``{"$": kind, …}``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

MAX_ELEMENTS = 4_000_000
MAX_DEPTH = 12
MAX_TEXT = 200_000
#: Of an integer. Python refuses to write down one of more than 4,300 digits.
MAX_BITS = 8_192

_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")


@dataclass(frozen=True)
class Array:
    """A tensor or numpy array as a judge reads it.

    Attributes:
        kind: ``"tensor"`` or ``"array"``.
        dtype: the dtype's name without its library, ``"bfloat16"``.
        values: the numbers, in the shape that they had (bfloat16 widened to float32).
    """

    kind: str
    dtype: str
    values: np.ndarray

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape, as a tuple of plain integers."""
        return tuple(int(n) for n in self.values.shape)

    @property
    def number_kind(self) -> str:
        """``"bool"``, ``"int"``, ``"float"`` or ``"complex"``: what must agree even where the precision need not."""
        return {"b": "bool", "i": "int", "u": "int", "f": "float", "c": "complex"}.get(self.values.dtype.kind, "other")


@dataclass(frozen=True)
class Opaque:
    """A value that has no plain form: only the name of its type is known."""

    type_name: str
    note: str = ""


def without_addresses(text: str) -> str:
    """Replace memory addresses, which differ from run to run."""
    return _ADDRESS.sub("0x…", text)


def _tensor(value: Any) -> dict[str, Any]:
    import torch

    if type(value) in (torch.Tensor, torch.nn.Parameter):
        # Nobody else's code can run in here, so that a watch over torch's functions need not look on.
        with torch._C.DisableTorchFunction():
            return _plain_tensor(value)
    with torch._C.DisableTorchFunctionSubclass():
        return _plain_tensor(value)


def _plain_tensor(value: Any) -> dict[str, Any]:
    import torch

    plain = value.detach()
    if plain.layout is not torch.strided:
        plain = plain.to_dense()
    if plain.numel() > MAX_ELEMENTS:
        return _opaque(value, f"{plain.numel():,} elements, shape {tuple(plain.shape)}")
    if plain.is_quantized:
        plain = plain.dequantize()
    return {
        "$": "tensor",
        "dtype": str(plain.dtype).removeprefix("torch."),
        "shape": list(plain.shape),
        "data": base64.b64encode(_raw(plain)).decode("ascii"),
    }


def _raw(plain: Any) -> bytes:
    """The numbers of a tensor in their order, as they lie in memory."""
    import torch

    plain = plain.cpu().resolve_conj().resolve_neg()
    if type(plain) is torch.Tensor and plain.dtype in (torch.float32, torch.float64, torch.int64, torch.bool):
        return bytes(plain.numpy().tobytes())
    # numpy does not know every type, but bytes it does; and a view of a subclass is a plain tensor.
    return bytes(plain.contiguous().reshape(-1).view(torch.uint8).numpy().tobytes()) if plain.numel() else b""


def _opaque(value: Any, note: str = "") -> dict[str, Any]:
    cls = type(value)
    return {"$": "object", "type": f"{cls.__module__}.{cls.__qualname__}", "note": note}


def encode(value: Any, depth: int = 0) -> Any:
    """Write a value down as JSON-able data; what has no plain form becomes the name of its type."""
    if depth > MAX_DEPTH:
        return _opaque(value, "nested too deeply")
    if value is None or type(value) is bool:
        return value
    if type(value) is int:
        bits = value.bit_length()
        return value if bits <= MAX_BITS else _opaque(value, f"an integer of {bits:,} bits")
    if type(value) is str:
        return value if len(value) <= MAX_TEXT else _opaque(value, f"{len(value):,} characters")
    if type(value) is float:
        return value if math.isfinite(value) else {"$": "float", "v": repr(value)}
    if type(value) is list:
        return [encode(item, depth + 1) for item in value]
    if isinstance(value, tuple):
        return {"$": "tuple", "v": [encode(item, depth + 1) for item in value]}
    if isinstance(value, dict):
        return {"$": "dict", "v": [[encode(k, depth + 1), encode(v, depth + 1)] for k, v in value.items()]}
    if isinstance(value, (set, frozenset)):
        return {"$": "set", "v": sorted((encode(item, depth + 1) for item in value), key=repr)}
    if isinstance(value, (bytes, bytearray)):
        return {"$": "bytes", "v": base64.b64encode(bytes(value)).decode("ascii")}
    torch = sys.modules.get("torch")
    if torch is not None:
        if isinstance(value, torch.Tensor):
            return _tensor(value)
        if isinstance(value, torch.dtype):
            return {"$": "dtype", "v": str(value).removeprefix("torch.")}
        if isinstance(value, torch.device):
            return {"$": "device", "v": str(value)}
        if isinstance(value, torch.Size):
            return {"$": "tuple", "v": [int(n) for n in value]}
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, (numpy.ndarray, numpy.generic)):
        array = numpy.asarray(value)
        if array.dtype.kind not in "biufc":
            return encode(array.tolist(), depth + 1) if array.size < 10_000 else _opaque(value)
        if array.size > MAX_ELEMENTS:
            return _opaque(value, f"{array.size:,} elements, shape {array.shape}")
        data = base64.b64encode(numpy.ascontiguousarray(array).tobytes()).decode("ascii")
        return {"$": "array", "dtype": str(array.dtype), "shape": list(array.shape), "data": data}
    if isinstance(value, (bool, int, float, str)):
        return encode(_base_scalar(value), depth + 1)
    if isinstance(value, list):
        return [encode(item, depth + 1) for item in list(value)]
    return _opaque(value)


def digest(value: Any) -> str:
    """Sixteen hexadecimal digits that differ where values do; a tuple and a list of the same items agree."""
    text = json.dumps(_tuples_as_lists(encode(value)))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]


def _tuples_as_lists(data: Any) -> Any:
    if isinstance(data, list):
        return [_tuples_as_lists(item) for item in data]
    if isinstance(data, dict) and data["$"] == "tuple":
        return _tuples_as_lists(data["v"])
    return {**data, "v": _tuples_as_lists(data["v"])} if isinstance(data, dict) and "v" in data else data


def _base_scalar(value: Any) -> Any:
    for base in (bool, int, float, str):
        if isinstance(value, base):
            return base(value)
    raise TypeError(f"{type(value).__name__} is no scalar")


def _numpy_array(data: dict[str, Any]) -> np.ndarray:
    import numpy as np

    raw = base64.b64decode(data["data"])
    shape = tuple(data["shape"])
    if data["dtype"] == "bfloat16":
        widened = np.frombuffer(raw, dtype=np.uint16).astype(np.uint32) << 16
        return widened.view(np.float32).reshape(shape)
    return np.frombuffer(raw, dtype=np.dtype(data["dtype"])).reshape(shape)


def decode(data: Any) -> Any:
    """Make the value again; tensors become ``torch.Tensor`` (torch is imported only if there is one).

    Raises:
        ValueError: if the data is of no known kind.
    """
    if data is None or isinstance(data, (bool, int, float, str)):
        return data
    if isinstance(data, list):
        return [decode(item) for item in data]
    kind = data.get("$")
    if kind == "tensor":
        import torch

        dtype = getattr(torch, data["dtype"])
        raw = bytearray(base64.b64decode(data["data"]))
        with torch._C.DisableTorchFunction():
            flat = torch.frombuffer(raw, dtype=dtype) if raw else torch.empty(0, dtype=dtype)
            return flat.reshape(data["shape"])
    if kind == "array":
        return _numpy_array(data).copy()
    if kind in ("dtype", "device"):
        import torch

        return getattr(torch, data["v"]) if kind == "dtype" else torch.device(data["v"])
    if kind == "float":
        return float(data["v"])
    if kind == "tuple":
        return tuple(decode(item) for item in data["v"])
    if kind == "set":
        return {decode(item) for item in data["v"]}
    if kind == "dict":
        return {decode(key): decode(value) for key, value in data["v"]}
    if kind == "bytes":
        return base64.b64decode(data["v"])
    raise ValueError(f"plain data of an unknown kind: {kind!r}")


@dataclass(frozen=True)
class Name:
    """A torch dtype or device as a judge reads it."""

    kind: str
    text: str


def reading(data: Any, *, tuples: bool = False) -> Any:
    """What a judge compares: arrays become :class:`Array`, the rest plain values.

    Args:
        data: as :func:`encode` gives it.
        tuples: whether a tuple stays one; else lists and tuples alike become lists.
    """
    if data is None or isinstance(data, (bool, int, float, str)):
        return data
    if isinstance(data, list):
        return [reading(item, tuples=tuples) for item in data]
    kind = data.get("$")
    if kind in ("tensor", "array"):
        return Array(kind, data["dtype"], _numpy_array(data))
    if kind in ("dtype", "device"):
        return Name(kind, data["v"])
    if kind == "object":
        return Opaque(data["type"], data.get("note", ""))
    if kind == "tuple":
        items = [reading(item, tuples=tuples) for item in data["v"]]
        return tuple(items) if tuples else items
    if kind == "dict":
        return {_hashable(reading(key)): reading(value, tuples=tuples) for key, value in data["v"]}
    return decode(data)


def _hashable(key: Any) -> Any:
    return tuple(_hashable(item) for item in key) if isinstance(key, list) else key
