"""Reads a .po file, and finds what the code wants translated: neither needs a tool outside Python."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
IN_SCRIPT = re.compile(r'\b(?:n?gettext)\(\s*("(?:[^"\\\n]|\\.)*")')
PLACEHOLDER = re.compile(r"%\((\w+)\)([sd])")


@dataclass
class Message:
    """`forms` is one text, or one for each plural."""

    msgid: str = ""
    plural: str = ""
    forms: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False


def read_po(text: str) -> list[Message]:
    """Every message but the header, in order."""
    messages = [_read(block) for block in re.split(r"\n\s*\n", text) if block.strip()]
    return [message for message in messages if message.msgid]


def _read(block: str) -> Message:
    message, texts, key = Message(), {}, ""
    for line in block.splitlines():
        if line.startswith("#"):
            message.fuzzy |= line.startswith("#,") and "fuzzy" in line
            continue
        if not line.startswith('"'):
            key = line.split(" ", 1)[0]
        assert not key.startswith("msgctxt"), "contexts are not read here"
        found = STRING.search(line)
        assert found, line
        texts[key] = texts.get(key, "") + ast.literal_eval(f'"{found[1]}"')
    message.msgid, message.plural = texts.get("msgid", ""), texts.get("msgid_plural", "")
    for key, said in texts.items():
        if key.startswith("msgstr"):
            message.forms[int(key[7:-1] or 0)] = said
    return message


def placeholders(text: str) -> set[tuple[str, str]]:
    return set(PLACEHOLDER.findall(text))


def in_python(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        first = node.args[0]
        if name in MARKS and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def in_template(source: str) -> Iterator[str]:
    # Django writes the texts of a template as calls, among what is no Python.
    for call in re.finditer(
        r"""\bn?gettext\(\s*u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\"{3}.*?\"{3})""",
        templatize(source),
        re.DOTALL,
    ):
        yield ast.literal_eval(call[1])
    for call in re.finditer(r"""\b_\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)""", source):
        yield ast.literal_eval(call[1])


def in_script(source: str) -> Iterator[str]:
    for call in IN_SCRIPT.finditer(source):
        yield ast.literal_eval(call[1])


def wanted(root: Path, domain: str) -> set[str]:
    """All that the code of one domain asks to be translated."""
    if domain == "djangojs":
        scripts = (root / "static" / "js").rglob("*.js")
        return {text for path in scripts for text in in_script(path.read_text("utf-8"))}
    python = [*(root / "events").rglob("*.py"), *(root / "conflict_map").rglob("*.py")]
    templates = [path for path in (root / "templates").rglob("*") if path.is_file()]
    return {
        *(text for path in python for text in in_python(path.read_text("utf-8"))),
        *(text for path in templates for text in in_template(path.read_text("utf-8"))),
    } - {""}
