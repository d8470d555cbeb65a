"""Roles and invitations of a desk, an invitation's page, and one's own account."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from events import policy
from events.drafting.typed import keepable
from events.models import ApiToken, Invitation, Membership

from .. import people
from ..access import at_the_desk, conflict_at_desk


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def page(request: HttpRequest, slug: str) -> HttpResponse:
    conflict = conflict_at_desk(request, slug)
    policy.require(request.user, "events.manage_conflict", conflict)
    wrong: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            messages.success(request, _step(request, conflict))
            return redirect("editing:people", slug)
        except ValidationError as error:
            wrong = error.message_dict
    seats = Membership.objects.filter(conflict=conflict).select_related("user")
    waiting = Invitation.objects.filter(
        conflict=conflict, accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )
    context = {
        "conflict": conflict,
        "seats": seats.order_by("user__username"),
        "invitations": waiting.select_related("invited_by"),
        "roles": Membership.Role.choices,
        "wrong": wrong,
        "posted": request.POST,
    }
    return render(request, "editing/people.html", context, status=400 if wrong else 200)


def _step(request: HttpRequest, conflict: Any) -> str:
    post = request.POST
    if post.get("do") == "invite":
        made = people.invite(
            conflict, by=request.user, email=keepable(post.get("email")), role=post.get("role", "")
        )
        return _("An invitation is on its way to %(email)s.") % {"email": made.email}
    number = post.get("of", "")[:9]
    number = number if number.isdecimal() else "0"
    if post.get("do") == "withdraw":
        people.withdraw(
            get_object_or_404(Invitation, pk=number, conflict=conflict), by=request.user
        )
        return _("The invitation is withdrawn.")
    member = get_object_or_404(Membership, pk=number, conflict=conflict)
    role = "" if post.get("do") == "remove" else post.get("role", "-")
    people.change_role(conflict, by=request.user, member=member, role=role)
    return _("Done: it holds from the next click on.")


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Public, but for who has no link there is nothing."""
    found = people.find(secret)
    if found is None:
        return render(request, "editing/invitation.html", {"gone": True}, status=410)
    wrong: dict[str, list[str]] = {}
    if request.method == "POST":
        user: Any = request.user if request.user.is_authenticated else None
        try:
            taken = people.accept(
                secret,
                user=user,
                username=keepable(request.POST.get("username")),
                password=request.POST.get("password", ""),
            )
        except ValidationError as error:
            wrong = error.message_dict
        else:
            if taken:
                messages.success(
                    request,
                    _("Welcome to the desk of %(conflict)s.") % {"conflict": found.conflict.title},
                )
            return redirect("editing:desk")
    context = {"invitation": found, "wrong": wrong, "posted": request.POST}
    return render(request, "editing/invitation.html", context, status=400 if wrong else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def me(request: HttpRequest) -> HttpResponse:
    """One's own account: second factors, sessions, password, API tokens. A new token is shown once."""
    user: Any = request.user
    fresh = ""
    if request.method == "POST":
        number = request.POST.get("of", "")[:9]
        if request.POST.get("do") == "revoke" and number.isdecimal():
            token = get_object_or_404(ApiToken, pk=number, user=user, revoked_at=None)
            token.revoke()
            messages.success(request, _("The token is revoked."))
            return redirect("editing:me")
        scopes = [s for s in request.POST.getlist("scopes") if s in ApiToken.Scope.values]
        if request.POST.get("do") == "make" and scopes:
            label = keepable(request.POST.get("label"))[:80]
            _token, fresh = ApiToken.issue(user, scopes, label)
    context = {
        "tokens": ApiToken.objects.filter(user=user).order_by("revoked_at", "-pk"),
        "scopes": ApiToken.Scope.choices,
        "fresh": fresh,
        "has_factor": policy.has_second_factor(user),
    }
    return render(request, "editing/me.html", context)
