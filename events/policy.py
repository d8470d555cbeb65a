"""Who may do what. The only place that decides: pages, API and shell ask here, by permission name.

    user.has_perm("events.publish_change", conflict)

Predicates are named and composed; tests/policy/ holds the truth table that specifies them, and proves
that each queryset below agrees with its predicate.
"""

from typing import Any

import rules
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.models import ApiToken, Conflict, Draft, Membership

Role = Membership.Role


def role_of(user: Any, conflict: Conflict) -> str | None:
    """The person's role in the conflict, or None. One query per person, kept on the user object."""
    if not getattr(user, "is_active", False):
        return None
    roles = getattr(user, "_conflict_roles", None)
    if roles is None:
        roles = dict(Membership.objects.filter(user=user).values_list("conflict_id", "role"))
        user._conflict_roles = roles
    return roles.get(conflict.pk)


def _conflict_of(thing: Any) -> Conflict | None:
    return thing if isinstance(thing, Conflict) else getattr(thing, "conflict", None)


def _has_role(name: str, *roles: str) -> rules.Predicate:
    @rules.predicate(name=name)
    def check(user: Any, thing: Any = None) -> bool:
        conflict = _conflict_of(thing)
        return conflict is not None and role_of(user, conflict) in roles

    return check


is_chief = _has_role("is_chief", Role.CHIEF)
is_editor = _has_role("is_editor", Role.EDITOR)
is_reporter = _has_role("is_reporter", Role.REPORTER)
is_on_the_desk = is_reporter | is_editor | is_chief
may_publish_at_all = is_editor | is_chief


@rules.predicate
def is_author(user: Any, draft: Draft | None = None) -> bool:
    return draft is not None and getattr(draft, "author_id", None) == user.pk


@rules.predicate
def is_open(user: Any, draft: Draft | None = None) -> bool:
    """A draft that is neither published nor dropped can still be changed."""
    return draft is not None and draft.status not in (Draft.Status.PUBLISHED, Draft.Status.DROPPED)


rules.add_perm("events.use_desk", is_on_the_desk)
rules.add_perm("events.draft_change", is_on_the_desk)
rules.add_perm("events.publish_change", may_publish_at_all)
rules.add_perm("events.correct_change", may_publish_at_all)
rules.add_perm("events.retract_change", may_publish_at_all)
rules.add_perm("events.override_warning", may_publish_at_all)
rules.add_perm("events.manage_conflict", is_chief)
rules.add_perm("events.see_draft", may_publish_at_all | (is_on_the_desk & is_author))
rules.add_perm("events.edit_draft", is_open & (may_publish_at_all | (is_on_the_desk & is_author)))
rules.add_perm("events.publish_draft", is_open & may_publish_at_all)


def desk_conflicts(user: Any) -> QuerySet[Conflict]:
    """The conflicts on whose desk the person sits: mirrors `use_desk`."""
    if not getattr(user, "is_active", False):
        return Conflict.objects.none()
    return Conflict.objects.filter(memberships__user=user)


def visible_drafts(user: Any, conflict: Conflict) -> QuerySet[Draft]:
    """Mirrors `see_draft`."""
    role = role_of(user, conflict)
    drafts = Draft.objects.filter(conflict=conflict)
    if role in (Role.EDITOR, Role.CHIEF):
        return drafts
    return drafts.filter(author=user) if role == Role.REPORTER else drafts.none()


def require_scope(token: ApiToken, scope: str) -> None:
    """Raise PermissionDenied where the token is not for that: beside what its person may do, never instead."""
    if scope not in token.scopes:
        raise PermissionDenied(
            _("This token is not for that: it lacks the scope “%(scope)s”.") % {"scope": scope}
        )


def require(user: AbstractBaseUser | Any, permission: str, thing: Any) -> None:
    """Raise PermissionDenied, with a sentence for the person, where the permission is lacking."""
    if not user.has_perm(permission, thing):
        raise PermissionDenied(
            _("You are signed in as %(user)s, whose role does not allow this (%(permission)s).")
            % {"user": user.get_username() or _("nobody"), "permission": permission}
        )
