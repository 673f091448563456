"""What the head of a GGUF file says about the model: enough to refuse a bad file and to reckon its memory.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (versions 2 and 3, little-endian).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
STRING, ARRAY = 8, 9
LONGEST = 1 << 24  # bytes of a string or entries of an array; a damaged length must not eat the memory


@dataclass(frozen=True)
class Head:
    """The metadata, and how far into the file its last tensor begins."""

    metadata: dict[str, Any]
    last_tensor: int  # byte offset in the file

    def number(self, name: str, default: int = 0) -> int:
        """Return a number of the architecture, such as `block_count`; the largest one where it differs by layer."""
        value = self.metadata.get(f"{self.metadata.get('general.architecture', '')}.{name}", default)
        return int(max(value, default=default) if isinstance(value, list) else value)

    @property
    def cache_bytes_per_token(self) -> int:
        """Return the size of one token's keys and values in half precision, over all layers."""
        heads = self.number("attention.head_count", 1)
        size = self.number("attention.key_length", self.number("embedding_length") // max(heads, 1))
        return 2 * 2 * self.number("block_count") * self.number("attention.head_count_kv", heads) * size


def read_head(path: Path) -> Head:
    """Read a file's head; raise `ValueError` with the reason if it is no whole GGUF file."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise ValueError(_("it is not a GGUF file"))
        try:
            head = _read(file)
        except (struct.error, UnicodeDecodeError, KeyError) as error:
            raise ValueError(_("its head is damaged")) from error
    if head.last_tensor >= size:
        raise ValueError(_("it is cut off after %(size)d MB") % {"size": size >> 20})
    return head


def _read(file: BinaryIO) -> Head:
    version, tensors, pairs = struct.unpack("<IQQ", file.read(20))
    if version not in (2, 3) or max(tensors, pairs) > LONGEST:
        raise KeyError(version)
    metadata = {}
    for _pair in range(pairs):
        key = _string(file)
        metadata[key] = _value(file, _number(file, "<I"))
    last = max((_tensor_offset(file) for _tensor in range(tensors)), default=0)
    alignment = int(metadata.get("general.alignment", 32))
    return Head(metadata, -(-file.tell() // alignment) * alignment + last)


def _number(file: BinaryIO, form: str) -> Any:
    return struct.unpack(form, file.read(struct.calcsize(form)))[0]


def _string(file: BinaryIO) -> str:
    length = _number(file, "<Q")
    if length > LONGEST:
        raise KeyError(length)
    return file.read(length).decode()


def _value(file: BinaryIO, kind: int) -> Any:
    if kind == STRING:
        return _string(file)
    if kind != ARRAY:
        return _number(file, SCALARS[kind])
    of, count = struct.unpack("<IQ", file.read(12))
    if count > LONGEST:
        raise KeyError(count)
    return [_value(file, of) for _entry in range(count)]


def _tensor_offset(file: BinaryIO) -> int:
    _string(file)
    dimensions = _number(file, "<I")
    file.seek(8 * dimensions + 4, 1)
    return int(_number(file, "<Q"))
