"""Who may do what. The only place that decides: pages, API and shell ask here, by permission name.

    policy.may(user, "events.publish_change", conflict)

`may` asks the rules alone: a superuser has in `user.has_perm` what nobody granted, here only his role.
Predicates are named and composed; tests/policy/ holds the truth table that specifies them, and proves
that each queryset below agrees with its predicate.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import rules
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from events.models import ApiToken, Conflict, Draft, Membership, Paste, Place

Role = Membership.Role


PUBLISHING = frozenset({Role.EDITOR, Role.CHIEF})
# Second factors that count: recovery codes alone are none.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def given_roles(user: Any) -> dict[int, str]:
    """Conflict's key -> the role that a chief gave. One query per person, kept on the user object."""
    if not getattr(user, "is_active", False):
        return {}
    roles: dict[int, str] | None = getattr(user, "_conflict_roles", None)
    if roles is None:
        roles = dict(Membership.objects.filter(user=user).values_list("conflict_id", "role"))
        user._conflict_roles = roles
    return roles


def has_second_factor(user: Any) -> bool:
    """One query per person, kept on the user object."""
    found: bool | None = getattr(user, "_second_factor", None)
    if found is None:
        found = Authenticator.objects.filter(user=user, type__in=FACTORS).exists()
        user._second_factor = found
    return found


def lacks_second_factor(user: Any) -> bool:
    """A role that publishes, or the admin, and nothing but a password: until then the role does not count."""
    if not settings.REQUIRE_SECOND_FACTOR or not getattr(user, "is_active", False):
        return False
    publishes = not PUBLISHING.isdisjoint(given_roles(user).values())
    return (publishes or user.is_staff) and not has_second_factor(user)


def role_of(user: Any, conflict: Conflict) -> str | None:
    """The person's role in the conflict, or None: by page, API, shell and task alike."""
    role = given_roles(user).get(conflict.pk)
    return None if role in PUBLISHING and lacks_second_factor(user) else role


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
def is_assignee(user: Any, draft: Draft | None = None) -> bool:
    return draft is not None and getattr(draft, "assignee_id", None) == user.pk


@rules.predicate
def is_open(user: Any, draft: Draft | None = None) -> bool:
    """A draft that is neither published nor dropped, nor approved and waiting, can still be changed."""
    return draft is not None and draft.status in OPEN


@rules.predicate
def is_returnable(user: Any, draft: Draft | None = None) -> bool:
    return draft is not None and draft.status == Draft.Status.SUBMITTED


@rules.predicate
def is_under_embargo(user: Any, draft: Draft | None = None) -> bool:
    return draft is not None and draft.status == Draft.Status.EMBARGOED


@rules.predicate
def is_lifter(user: Any, draft: Draft | None = None) -> bool:
    return draft is not None and getattr(draft, "lifter_id", None) == user.pk


OPEN = (Draft.Status.DRAFT, Draft.Status.SUBMITTED, Draft.Status.RETURNED)


@dataclass(frozen=True, slots=True)
class Publication:
    """A draft with what its text means: what is asked about when it shall be published."""

    draft: Draft
    verbs: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def conflict(self) -> Conflict:
        return self.draft.conflict


@dataclass(frozen=True, slots=True)
class SharedSource:
    """A source as the desk of one conflict edits it. `citing`: those whose record cites it, which may be others."""

    conflict: Conflict
    citing: tuple[Conflict, ...] = ()


@rules.predicate
def publishes_wherever_it_is_cited(user: Any, shared: SharedSource | None = None) -> bool:
    return shared is not None and all(role_of(user, c) in PUBLISHING for c in shared.citing)


def needs_two_persons(conflict: Conflict, verbs: Iterable[str], places: Iterable[Place]) -> bool:
    """Asked for by the conflict, by a verb, or by one of the places."""
    return (
        conflict.two_person
        or not set(conflict.sensitive_verbs).isdisjoint(verbs)
        or any(place.sensitive for place in places)
    )


@rules.predicate
def one_person_is_enough(user: Any, publication: Publication | None = None) -> bool:
    return publication is not None and not needs_two_persons(
        publication.conflict, publication.verbs, publication.places
    )


@rules.predicate
def is_second_person(user: Any, publication: Publication | None = None) -> bool:
    """Another has submitted it, and the person wrote nothing in it."""
    return (
        publication is not None
        and publication.draft.status == Draft.Status.SUBMITTED
        and user.pk not in publication.draft.writers
        and user.pk != publication.draft.author_id
    )


@rules.predicate
def of_an_open_draft(user: Any, publication: Publication | None = None) -> bool:
    return publication is not None and publication.draft.status in OPEN


rules.add_perm("events.use_desk", is_on_the_desk)
rules.add_perm("events.draft_change", is_on_the_desk)
rules.add_perm("events.make_place", is_on_the_desk)
# What readers see at once: no change has to name it first.
rules.add_perm("events.edit_actor", may_publish_at_all)
rules.add_perm("events.make_source", is_on_the_desk)
rules.add_perm("events.publish_change", may_publish_at_all)
rules.add_perm("events.correct_change", may_publish_at_all)
rules.add_perm("events.retract_change", may_publish_at_all)
rules.add_perm("events.override_warning", may_publish_at_all)
rules.add_perm("events.manage_conflict", is_chief)
rules.add_perm("events.see_record", may_publish_at_all)
rules.add_perm("events.override_two_persons", is_chief)

has_in_hand = may_publish_at_all | (is_on_the_desk & (is_author | is_assignee))
rules.add_perm("events.see_draft", has_in_hand)
rules.add_perm("events.comment_draft", has_in_hand)
rules.add_perm("events.edit_draft", is_open & has_in_hand)
rules.add_perm("events.assign_draft", is_open & may_publish_at_all)
rules.add_perm("events.publish_draft", is_open & may_publish_at_all)
rules.add_perm("events.return_draft", is_returnable & may_publish_at_all)
rules.add_perm("events.call_back_draft", is_under_embargo & may_publish_at_all)
rules.add_perm(
    "events.lift_embargo", is_under_embargo & may_publish_at_all & (is_lifter | is_chief)
)

# Of a Paste: private to who pasted it and to those who publish.
wrote_or_publishes = may_publish_at_all | (is_on_the_desk & is_author)
rules.add_perm("events.see_paste", wrote_or_publishes)
rules.add_perm("events.edit_paste", wrote_or_publishes)

# Of a SharedSource: what one desk says of it, readers of every other that cites it see too.
rules.add_perm("events.edit_source", may_publish_at_all & publishes_wherever_it_is_cited)

# Of a Publication.
rules.add_perm(
    "events.publish_text",
    of_an_open_draft & may_publish_at_all & (one_person_is_enough | is_second_person),
)


def desk_conflicts(user: Any) -> QuerySet[Conflict]:
    """The conflicts on whose desk the person sits: mirrors `use_desk`."""
    if not getattr(user, "is_active", False):
        return Conflict.objects.none()
    if lacks_second_factor(user):
        return Conflict.objects.filter(memberships__user=user, memberships__role=Role.REPORTER)
    return Conflict.objects.filter(memberships__user=user)


def visible_drafts(user: Any, conflict: Conflict) -> QuerySet[Draft]:
    """Mirrors `see_draft`."""
    role = role_of(user, conflict)
    drafts = Draft.objects.filter(conflict=conflict)
    if role in (Role.EDITOR, Role.CHIEF):
        return drafts
    if role == Role.REPORTER:
        return drafts.filter(Q(author=user) | Q(assignee=user))
    return drafts.none()


def visible_pastes(user: Any, conflict: Conflict) -> QuerySet[Paste]:
    """Mirrors `see_paste`."""
    role = role_of(user, conflict)
    pastes = Paste.objects.filter(conflict=conflict)
    if role in PUBLISHING:
        return pastes
    return pastes.filter(author=user) if role == Role.REPORTER else pastes.none()


def may(user: Any, permission: str, thing: Any) -> bool:
    return bool(rules.has_perm(permission, user, thing))


def require_scope(token: ApiToken, scope: str) -> None:
    """Raise PermissionDenied where the token is not for that: beside what its person may do, never instead."""
    if scope not in token.scopes:
        raise PermissionDenied(
            _("This token is not for that: it lacks the scope “%(scope)s”.") % {"scope": scope}
        )


def require(user: AbstractBaseUser | Any, permission: str, thing: Any) -> None:
    """Raise PermissionDenied, with a sentence for the person, where the permission is lacking."""
    if not may(user, permission, thing):
        raise PermissionDenied(
            _("You are signed in as %(user)s, whose role does not allow this (%(permission)s).")
            % {"user": user.get_username() or _("nobody"), "permission": permission}
        )
