"""The binary container of the readers' files: magic, format, a JSON head, then columns of numbers.

    4 bytes  "CTRP"
    1 byte   FORMAT, first, so that a reader of today can refuse a file of tomorrow
    varint   length of the head
    head     JSON: {kind, …, "columns": [[name, coding, count, bytes], …]}
    columns  one after another, nothing between them, nothing after

Codings: `u` unsigned LEB128, `z` the same over zigzag (0, -1, 1, -2, …), `b` one byte, `t` UTF-8 text whose
`count` lines are parted by LF.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

MAGIC = b"CTRP"
FORMAT = 2
Column = tuple[str, str, Sequence[Any]]


def varints(values: Iterable[int]) -> bytes:
    """Unsigned LEB128."""
    out = bytearray()
    push = out.append
    for value in values:
        while value > 127:
            push(value & 127 | 128)
            value >>= 7
        push(value)
    return bytes(out)


def zigzag(values: Iterable[int]) -> bytes:
    return varints((value << 1) if value >= 0 else (-value << 1) - 1 for value in values)


def text(values: Iterable[str]) -> bytes:
    return "\n".join(" ".join(value.split()) for value in values).encode()


CODINGS: dict[str, Callable[[Sequence[Any]], bytes]] = {
    "u": varints,
    "z": zigzag,
    "b": bytes,
    "t": text,
}


def pack(head: dict[str, Any], columns: Sequence[Column]) -> bytes:
    """One file. `columns`: (name, coding, values)."""
    coded = [CODINGS[coding](values) for _, coding, values in columns]
    described = [
        [name, coding, len(values), len(data)]
        for (name, coding, values), data in zip(columns, coded, strict=True)
    ]
    front = json.dumps(
        {**head, "columns": described}, ensure_ascii=False, separators=(",", ":")
    ).encode()
    return b"".join([MAGIC, bytes([FORMAT]), varints([len(front)]), front, *coded])


class Unreadable(Exception):
    """The bytes are not a whole file of this format."""


def unpack(data: bytes) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """What `pack` was given: the head, and the columns by name. Raises Unreadable."""
    if data[:4] != MAGIC or len(data) < 6:
        raise Unreadable("not a file of the replay")
    if data[4] != FORMAT:
        raise Unreadable(f"format {data[4]}, not {FORMAT}")
    length, at = _varint(data, 5)
    head = json.loads(data[at : at + length])
    at += length
    columns = {}
    for name, coding, count, size in head.pop("columns"):
        piece = data[at : at + size]
        if len(piece) != size:
            raise Unreadable("truncated")
        columns[name] = _values(piece, coding, count)
        at += size
    if at != len(data):
        raise Unreadable("more than its head says")
    return head, columns


def _values(piece: bytes, coding: str, count: int) -> list[Any]:
    if coding == "b":
        return list(piece)
    if coding == "t":
        return piece.decode().split("\n") if count else []
    values = unvarints(piece)
    if len(values) != count:
        raise Unreadable("a column of another length")
    return [(v >> 1) ^ -(v & 1) for v in values] if coding == "z" else values


def unvarints(data: bytes) -> list[int]:
    found: list[int] = []
    value = shift = 0
    for byte in data:
        if byte < 128:
            found.append(value | byte << shift)
            value = shift = 0
        else:
            value |= (byte & 127) << shift
            shift += 7
    return found


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
