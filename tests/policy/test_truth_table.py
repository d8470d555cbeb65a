"""The truth table that specifies events/policy.py. Where it and the code differ, the code is wrong."""

from typing import Any

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from events import policy
from events.models import ApiToken, Conflict, Draft, Membership
from tests.factories import ConflictFactory, DraftFactory, MembershipFactory, UserFactory

ROLES = ("anonymous", "outsider", "suspended", "reporter", "editor", "chief")
DESK = {"reporter", "editor", "chief"}
PUBLISHERS = {"editor", "chief"}

# Of a conflict: permission -> who has it.
OF_CONFLICT = {
    "events.use_desk": DESK,
    "events.draft_change": DESK,
    "events.publish_change": PUBLISHERS,
    "events.correct_change": PUBLISHERS,
    "events.retract_change": PUBLISHERS,
    "events.override_warning": PUBLISHERS,
    "events.manage_conflict": {"chief"},
}
# Of a draft: permission -> (who has it on his own, who on another's, the statuses in which it holds).
OPEN = {"draft", "submitted", "returned"}
ALWAYS = OPEN | {"published", "dropped"}
OF_DRAFT = {
    "events.see_draft": (DESK, PUBLISHERS, ALWAYS),
    "events.edit_draft": (DESK, PUBLISHERS, OPEN),
    "events.publish_draft": (PUBLISHERS, PUBLISHERS, OPEN),
}


@pytest.fixture
def war(db: None) -> Conflict:
    return ConflictFactory()


def person(role: str, war: Conflict) -> Any:
    """An outsider is a chief, but of another conflict; a suspended person was chief of this one."""
    if role == "anonymous":
        return AnonymousUser()
    user = UserFactory(is_active=role != "suspended")
    where = ConflictFactory() if role == "outsider" else war
    at = role if role in DESK else Membership.Role.CHIEF
    MembershipFactory(user=user, conflict=where, role=at)
    return user


def test_the_table_names_every_permission_and_status() -> None:
    known = {name for name in rules.permissions.permissions if name.startswith("events.")}
    assert known == set(OF_CONFLICT) | set(OF_DRAFT)
    assert set(Draft.Status.values) == ALWAYS


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("permission", OF_CONFLICT)
def test_of_a_conflict(war: Conflict, permission: str, role: str) -> None:
    assert person(role, war).has_perm(permission, war) is (role in OF_CONFLICT[permission])


@pytest.mark.parametrize("status", sorted(ALWAYS))
@pytest.mark.parametrize("own", [True, False], ids=["own", "another's"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("permission", OF_DRAFT)
def test_of_a_draft(war: Conflict, permission: str, role: str, own: bool, status: str) -> None:
    user = person(role, war)
    author = user if own and role != "anonymous" else UserFactory()
    draft = DraftFactory(conflict=war, author=author, status=status)
    of_own, of_others, statuses = OF_DRAFT[permission]
    expected = role in (of_own if author == user else of_others) and status in statuses
    assert user.has_perm(permission, draft) is expected


@pytest.mark.parametrize("role", ROLES)
def test_without_an_object_nobody_may_anything(war: Conflict, role: str) -> None:
    user = person(role, war)
    assert [p for p in [*OF_CONFLICT, *OF_DRAFT] if user.has_perm(p)] == []


@pytest.mark.parametrize("role", ROLES)
def test_the_querysets_agree_with_their_predicates(war: Conflict, role: str) -> None:
    user = person(role, war)
    conflicts = [war, ConflictFactory()]
    authors = [UserFactory(), *([] if role == "anonymous" else [user])]
    for conflict in conflicts:
        for author in authors:
            for status in sorted(ALWAYS):
                DraftFactory(conflict=conflict, author=author, status=status)

    allowed = {c for c in Conflict.objects.all() if user.has_perm("events.use_desk", c)}
    assert set(policy.desk_conflicts(user)) == allowed
    for conflict in conflicts:
        drafts = Draft.objects.filter(conflict=conflict)
        seen = {draft for draft in drafts if user.has_perm("events.see_draft", draft)}
        assert set(policy.visible_drafts(user, conflict)) == seen


def test_a_role_in_one_conflict_is_none_in_another(war: Conflict) -> None:
    user, other = person("reporter", war), ConflictFactory()
    MembershipFactory(user=user, conflict=other, role="chief")
    assert user.has_perm("events.publish_change", other)
    assert not user.has_perm("events.publish_change", war)


@pytest.mark.parametrize("scope", ["draft", "publish"])
@pytest.mark.parametrize("scopes", [[], ["draft"], ["publish"], ["draft", "publish"]])
def test_a_token_is_for_its_scopes_alone(war: Conflict, scopes: list[str], scope: str) -> None:
    token, _text = ApiToken.issue(UserFactory(), scopes)
    if scope in scopes:
        policy.require_scope(token, scope)
    else:
        with pytest.raises(PermissionDenied):
            policy.require_scope(token, scope)
