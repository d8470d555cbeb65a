"""Text that a spreadsheet would run: kept from it on the way out, and given back as it was on the way in."""

# What a spreadsheet takes for the start of a formula.
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(text: str) -> str:
    """An apostrophe before text that would be a formula, or that looks as if it had got one: shown, never run."""
    return f"'{text}" if _would_run(text.lstrip("'")) else text


def unguarded(text: str) -> str:
    """What `guarded` made the text of."""
    return text[1:] if text.startswith("'") and _would_run(text.lstrip("'")) else text


def _would_run(text: str) -> bool:
    return text.lstrip(" ").startswith(STARTS_FORMULA)
