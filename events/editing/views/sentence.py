"""What a sentence is read as, while it is typed: its chips, and the form's fields filled in. Nothing is saved."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from events import policy
from events.drafting.assemble import assemble
from events.drafting.typed import Typed

from ..access import at_the_desk, conflict_at_desk
from ..boxes import form
from ..heard import hear


@require_POST
@at_the_desk
def sentence(request: HttpRequest, slug: str) -> HttpResponse:
    conflict = conflict_at_desk(request, slug)
    policy.require(request.user, "events.draft_change", conflict)
    typed = Typed.from_post(request.POST)
    heard = hear(conflict, typed)
    drawn = form(conflict, typed, assemble(conflict, typed), guessed=heard.guessed)
    context = {"conflict": conflict, "typed": typed, "heard": heard, "form": drawn}
    return render(request, "editing/_sentence_answer.html", context)
