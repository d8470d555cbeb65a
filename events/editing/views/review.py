"""The review page: what a draft says and does, and every step that one may take with it. A button a step."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events import policy, tasks
from events.drafting import about, alerts, drafts, embargo, presence, review, versions
from events.drafting.assemble import assemble
from events.drafting.drafts import Saved
from events.drafting.typed import Typed, keepable
from events.models import Alert, Comment, Draft

from .. import origin, reviewing
from ..access import at_the_desk, draft_at_desk
from ..lists import in_a_line, in_lines
from ..panel import panel
from ..said import sayer


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def page(request: HttpRequest, pk: int) -> HttpResponse:
    draft = draft_at_desk(request, pk)
    if request.method == "POST":
        return _step(request, draft)
    if draft.change_id:
        return redirect("editing:published", draft.pk)
    return _page(request, draft)


@require_POST
@at_the_desk
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    mine = alerts.unseen(request.user, policy.desk_conflicts(request.user))
    alerts.see(get_object_or_404(mine, pk=pk), request.user)
    came_from = request.META.get("HTTP_REFERER", "")
    here = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    return redirect(came_from if here else "editing:desk")


def _step(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What was typed in a box that is refused stands in it again, with the reason."""
    do = request.POST.get("do", "")
    step = STEPS.get(do)
    if step is None:
        return _page(request, draft, status=400)
    try:
        return step(request, draft)
    except ValidationError as error:
        wrong = error.message_dict if hasattr(error, "error_dict") else {"text": error.messages}
        return _page(request, draft, status=400, wrong=wrong, tried=do)
    except drafts.Stale as stale:
        why = _("It was changed while you were reading. This is what stands there now.")
        return _page(request, draft_at_desk(request, stale.draft.pk), status=409, changed=why)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _confirmed(request: HttpRequest) -> dict[str, Any]:
    return {
        "version": _version(request),
        "confirm": keepable(request.POST.get("confirm")).split(),
        "override_reason": keepable(request.POST.get("override_reason")),
        "alone_reason": keepable(request.POST.get("alone_reason")),
    }


def _said(request: HttpRequest) -> str:
    return request.POST.get("text", "")


def _publish(request: HttpRequest, draft: Draft) -> HttpResponse:
    return _outcome(request, draft, review.publish(draft, by=request.user, **_confirmed(request)))


def _hold(request: HttpRequest, draft: Draft) -> HttpResponse:
    saved = embargo.hold(
        draft,
        by=request.user,
        at=reviewing.hour(draft.conflict, request.POST.get("at", "")),
        lifter=reviewing.person(draft.conflict, request.POST.get("lifter", ""), "lifter"),
        reason=request.POST.get("reason", ""),
        **_confirmed(request),
    )
    if saved.refused:
        return _outcome(request, draft, saved)
    messages.success(request, _("Approved, and under embargo."))
    return redirect("editing:review", draft.pk)


def _lift(request: HttpRequest, draft: Draft) -> HttpResponse:
    return _outcome(request, draft, embargo.lift(draft, by=request.user, reason=_said(request)))


def _call_back(request: HttpRequest, draft: Draft) -> HttpResponse:
    embargo.call_back(draft, by=request.user, reason=_said(request))
    messages.success(request, _("Called back: it waits for review and can be changed."))
    return redirect("editing:review", draft.pk)


def _outcome(request: HttpRequest, draft: Draft, saved: Saved) -> HttpResponse:
    if saved.change:
        tasks.replay_after_commit(draft.conflict)
        return redirect("editing:published", draft.pk)
    fresh = draft_at_desk(request, draft.pk)
    return _page(request, fresh, refused=saved.refused, second_person=saved.second_person)


def _submit(request: HttpRequest, draft: Draft) -> HttpResponse:
    review.submit(draft, by=request.user, version=_version(request))
    messages.success(request, _("Submitted for review."))
    return redirect("editing:review", draft.pk)


def _return(request: HttpRequest, draft: Draft) -> HttpResponse:
    review.give_back(draft, by=request.user, text=_said(request))
    messages.success(request, _("Returned with your comment."))
    return redirect("editing:queue", draft.conflict.slug)


def _comment(request: HttpRequest, draft: Draft) -> HttpResponse:
    parent = None
    if request.POST.get("parent", "").isdecimal():
        parent = get_object_or_404(Comment, pk=request.POST["parent"][:10], draft=draft)
    made = review.comment(draft, by=request.user, text=_said(request), parent=parent)
    return redirect(f"{request.path}#comment-{made.pk}")


def _settle(request: HttpRequest, draft: Draft) -> HttpResponse:
    number = request.POST.get("comment", "")
    comment = get_object_or_404(
        Comment, pk=number[:10] if number.isdecimal() else 0, draft=draft, parent=None
    )
    review.settle(comment, by=request.user, settled=comment.settled_by_id is None)
    return redirect(f"{request.path}#comment-{comment.pk}")


def _assign(request: HttpRequest, draft: Draft) -> HttpResponse:
    to = reviewing.person(draft.conflict, request.POST.get("assignee", ""), "assignee")
    review.assign(draft, by=request.user, to=to)
    messages.success(
        request,
        _("Assigned to %(name)s.") % {"name": to.get_username()}
        if to
        else _("Assigned to nobody."),
    )
    return redirect("editing:review", draft.pk)


STEPS: dict[str, Callable[[HttpRequest, Draft], HttpResponse]] = {
    "publish": _publish,
    "hold": _hold,
    "lift": _lift,
    "call-back": _call_back,
    "submit": _submit,
    "return": _return,
    "comment": _comment,
    "settle": _settle,
    "assign": _assign,
}


def _page(request: HttpRequest, draft: Draft, *, status: int = 200, **more: Any) -> HttpResponse:
    user, conflict = request.user, draft.conflict
    typed = Typed.from_json(draft.typed)
    if "confirm" in request.POST:
        typed.confirm = keepable(request.POST["confirm"]).split()
    typed.override_reason = keepable(request.POST.get("override_reason", typed.override_reason))
    before = versions.submitted_text(draft)
    names = sayer(conflict, filter(None, (typed, before)))
    made = assemble(conflict, typed)
    asked = drafts.publication(draft, made)
    steps = ("edit", "publish", "return", "assign", "comment", "call_back")
    may = {name: policy.may(user, f"events.{name}_draft", draft) for name in steps}
    may["lift"] = policy.may(user, "events.lift_embargo", draft)
    may["publish_text"] = policy.may(user, "events.publish_text", asked)
    may["alone"] = (
        may["publish"]
        and not may["publish_text"]
        and policy.may(user, "events.override_two_persons", conflict)
    )
    context = {
        "conflict": conflict,
        "draft": draft,
        "line": in_a_line(draft, names),
        "fields": reviewing.filled(typed, names, made.understood),
        "since": reviewing.since_handed_in(before, typed, names),
        **origin.shown(user, draft),
        "problems": [p.message for found in made.problems.values() for p in found],
        "panel": panel(conflict, made, typed.confirm, typed.override_reason),
        "may": may,
        "may_override": may["publish"],
        "needs_two": policy.needs_two_persons(conflict, asked.verbs, asked.places),
        "threads": reviewing.threads(draft),
        "members": reviewing.members(conflict) if may["assign"] else [],
        "publishers": reviewing.publishers(conflict) if may["publish"] else [],
        "same": in_lines(about.same_fall(draft)),
        "here": presence.arrive(draft.pk, user),
        "posted": request.POST,
        "failed_embargo": Alert.Kind.FAILED,
        **more,
    }
    return render(request, "editing/review.html", context, status=status)
