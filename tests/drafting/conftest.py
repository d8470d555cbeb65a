"""The same small war and desk as the pages' tests."""

from tests.editing.conftest import at_desk, editor, reporter, war

__all__ = ["at_desk", "editor", "reporter", "war"]
