"""The preview panel and the notes beside the inputs, redrawn while one types. Nothing is saved."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from events import policy
from events.drafting.assemble import assemble
from events.drafting.typed import Typed
from events.models import Change

from ..access import at_the_desk, conflict_at_desk
from ..boxes import form
from ..heard import guessed
from ..panel import panel


@require_POST
@at_the_desk
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The input that is being typed into (`focused`) is not found fault with until it is left; dates are."""
    conflict = conflict_at_desk(request, slug)
    policy.require(request.user, "events.draft_change", conflict)
    typed = Typed.from_post(request.POST)
    made = assemble(conflict, typed)
    shown = panel(conflict, made, typed.confirm, typed.override_reason)
    drawn = form(conflict, typed, made, quiet=False, guessed=guessed(conflict, typed))
    focused = request.POST.get("focused", "")
    for box in drawn.every():
        busy = f"id_{box.id}" == focused and not box.live
        if busy or box.id in made.missing:
            box.problems = []
    context = {
        "conflict": conflict,
        "panel": shown,
        "form": drawn,
        "noted": [box for box in drawn.every() if _is_there(box.name, typed.kind)],
        "may_override": policy.may(request.user, "events.override_warning", conflict),
        "waiting": [box.label for box in drawn.every() if box.id in made.missing],
    }
    return render(request, "editing/_preview_answer.html", context)


def _is_there(name: str, kind: str) -> bool:
    """Whether the form has this input: a retraction's asks for the reason alone, a statement's for all but that."""
    if kind == Change.Kind.RETRACTION:
        return name == "reason"
    return name != "reason" or bool(kind)
