"""Who gets to a page of the desk: sign-in, then membership, then `policy`; each refusal is a sentence."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from events import policy
from events.models import Conflict, Draft

View = Callable[..., HttpResponse]


def at_the_desk(view: View) -> View:
    """Not signed in: the sign-in page, or, for a part of a page, a sentence in its place. Without the second
    factor that the role asks for: the page that leads there.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            if getattr(request, "htmx", False):
                return render(request, "editing/_signed_out.html")
            if request.headers.get("Accept") == "application/json":
                return HttpResponse(status=401)
            return redirect_to_login(request.get_full_path())
        if policy.lacks_second_factor(request.user):
            return render(request, "editing/second_factor.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def conflict_at_desk(request: HttpRequest, slug: str) -> Conflict:
    """The conflict, on whose desk the person sits. Raises Http404 or PermissionDenied."""
    conflict = get_object_or_404(Conflict, slug=slug)
    policy.require(request.user, "events.use_desk", conflict)
    return conflict


def draft_at_desk(request: HttpRequest, pk: int) -> Draft:
    """The draft, if the person may see it. To those of other desks it does not exist."""
    drafts = Draft.objects.select_related("conflict", "author", "change")
    draft = get_object_or_404(drafts, pk=pk, conflict__in=policy.desk_conflicts(request.user))
    policy.require(request.user, "events.see_draft", draft)
    return draft
