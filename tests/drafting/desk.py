"""People at a desk, and a draft that they pass on."""

from typing import Any

from events.drafting import drafts
from events.drafting.typed import Typed
from events.models import Conflict, Draft
from tests.editing.conftest import post, posted

CODES = ["alters_later", "long_ago", "never_held", "no_effect", "logged_already", "holds_already"]
WHY = "checked by telephone"


def typed(**changed: Any) -> Typed:
    changed = {"confirm": " ".join(CODES), "override_reason": WHY, **changed}
    return Typed.from_post(posted(post(**changed)))


def written(war: Conflict, by: Any, *, submit: bool = True, **changed: Any) -> Draft:
    return drafts.save(war, typed(**changed), by=by, submit=submit).draft
