"""SVG path data, as short as it goes: relative steps in tenths, no leading zero, no blank that nothing needs."""

from collections.abc import Iterable

Line = list[tuple[float, float]]


def line_path(points: Iterable[tuple[float, ...]]) -> Line:
    return [(round(point[0], 1), round(point[1], 1)) for point in points]


def closed(line: Line) -> str:
    """A ring; nothing where there are not three corners left. Whether the last is the first again is all one."""
    tenths = _tenths(line)
    if tenths and tenths[0] == tenths[-1]:
        tenths.pop()
    return f"{_steps(tenths)}z" if len(tenths) > 2 else ""


def open_line(line: Line) -> str:
    tenths = _tenths(line)
    return _steps(tenths) if len(tenths) > 1 else ""


def circle(x: float, y: float, radius: float) -> str:
    """A whole one, as two halves."""
    r, across = _number(round(radius * 10)), round(radius * 20)
    half = f"a{r} {r} 0 1 0"
    start = f"M{_number(round((x - radius) * 10))}{_joined(round(y * 10))}"
    return f"{start}{half} {_number(across)} 0{half} {_number(-across)} 0z"


def _tenths(line: Line) -> list[tuple[int, int]]:
    """Without a point twice in a row."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in line]
    return [point for at, point in enumerate(tenths) if at == 0 or point != tenths[at - 1]]


def _steps(tenths: list[tuple[int, int]]) -> str:
    (x, y), *rest = tenths
    text = [f"M{_number(x)}{_joined(y)}"]
    for px, py in rest:
        step = f"{_number(px - x)}{_joined(py - y)}"
        text.append("l" if len(text) == 1 else "" if step.startswith("-") else " ")
        text.append(step)
        x, y = px, py
    return "".join(text)


def _number(tenths: int) -> str:
    whole, part = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    if not part:
        return f"{sign}{whole}"
    return f"{sign}{whole or ''}.{part}"


def _joined(tenths: int) -> str:
    text = _number(tenths)
    return text if text.startswith("-") else f" {text}"
