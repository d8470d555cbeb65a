"""Where a draft comes from, for the form and the review."""

from typing import Any

from events import policy
from events.drafting.many.origin import origin_of
from events.models import Draft


def shown(user: Any, draft: Draft | None) -> dict[str, Any]:
    """For the template: `origin`, and whether the person may look at all that was pasted; one query."""
    found = origin_of(draft) if draft else None
    may = found is not None and policy.may(user, "events.see_paste", found.paste)
    return {"origin": found, "may_see_paste": may}
