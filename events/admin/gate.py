"""The way into the admin: the site's own sign-in with its second factor, never the admin's password form."""

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from events import policy


def has_permission(request: HttpRequest) -> bool:
    user = request.user
    return bool(user.is_active and user.is_staff) and not policy.lacks_second_factor(user)


def login(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    user = request.user
    then = request.GET.get("next", "/admin/")
    if not user.is_authenticated:
        return redirect_to_login(then if then.startswith("/admin/") else "/admin/")
    if has_permission(request):
        return redirect("admin:index")
    if policy.lacks_second_factor(user):
        return redirect("mfa_index")
    raise PermissionDenied(
        _("You are signed in as %(user)s, who has no way into the admin.")
        % {"user": user.get_username()}
    )


admin.site.has_permission = has_permission  # type: ignore[method-assign]
admin.site.login = login  # type: ignore[method-assign]
