"""The truth table that specifies events/policy.py. Where it and the code differ, the code is wrong."""

from datetime import UTC, datetime
from typing import Any

import pytest
import rules
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from events import policy
from events.models import ApiToken, Conflict, Draft, Membership
from tests.factories import (
    ConflictFactory,
    DraftFactory,
    MembershipFactory,
    PasteFactory,
    PlaceFactory,
    UserFactory,
)

ROLES = ("anonymous", "outsider", "suspended", "reporter", "editor", "chief")
DESK = {"reporter", "editor", "chief"}
PUBLISHERS = {"editor", "chief"}

# Of a conflict: permission -> who has it.
OF_CONFLICT = {
    "events.use_desk": DESK,
    "events.draft_change": DESK,
    "events.make_place": DESK,
    "events.edit_actor": PUBLISHERS,
    "events.make_source": DESK,
    "events.publish_change": PUBLISHERS,
    "events.correct_change": PUBLISHERS,
    "events.retract_change": PUBLISHERS,
    "events.override_warning": PUBLISHERS,
    "events.manage_conflict": {"chief"},
    "events.see_record": PUBLISHERS,
    "events.override_two_persons": {"chief"},
}
# Of a draft: permission -> (who has it on his own, who on another's, the statuses in which it holds).
OPEN = {"draft", "submitted", "returned"}
ALWAYS = OPEN | {"embargoed", "published", "dropped"}
OF_DRAFT = {
    "events.see_draft": (DESK, PUBLISHERS, ALWAYS),
    "events.comment_draft": (DESK, PUBLISHERS, ALWAYS),
    "events.edit_draft": (DESK, PUBLISHERS, OPEN),
    "events.assign_draft": (PUBLISHERS, PUBLISHERS, OPEN),
    "events.publish_draft": (PUBLISHERS, PUBLISHERS, OPEN),
    "events.return_draft": (PUBLISHERS, PUBLISHERS, {"submitted"}),
    "events.call_back_draft": (PUBLISHERS, PUBLISHERS, {"embargoed"}),
    # Another than the one who lifts it must be chief: see test_who_lifts_an_embargo.
    "events.lift_embargo": ({"chief"}, {"chief"}, {"embargoed"}),
}
# Of a Paste: permission -> (who has it on his own, who on another's).
OF_PASTE = {
    "events.see_paste": (DESK, PUBLISHERS),
    "events.edit_paste": (DESK, PUBLISHERS),
}
# Of a Publication: whether two persons are asked for -> who publishes what he did not write, once submitted,
# and who publishes anything else that is open.
OF_PUBLICATION = {
    "events.publish_text": {False: (PUBLISHERS, PUBLISHERS), True: (PUBLISHERS, set())},
}
# Of a SharedSource: who edits it, by his role here, as long as he publishes wherever else it is cited.
OF_SOURCE = {"events.edit_source": PUBLISHERS}
UNDER_EMBARGO: dict[str, Any] = {
    "publish_at": datetime(2030, 1, 1, tzinfo=UTC),
    "embargo_reason": "r",
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
    assert known == set(OF_CONFLICT) | set(OF_DRAFT) | set(OF_PASTE) | set(OF_PUBLICATION) | set(
        OF_SOURCE
    )
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
    draft = waiting(war, author, status)
    of_own, of_others, statuses = OF_DRAFT[permission]
    expected = role in (of_own if author == user else of_others) and status in statuses
    assert user.has_perm(permission, draft) is expected


@pytest.mark.parametrize("own", [True, False], ids=["own", "another's"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("permission", OF_PASTE)
def test_of_a_paste(war: Conflict, permission: str, role: str, own: bool) -> None:
    user = person(role, war)
    author = user if own and role != "anonymous" else UserFactory()
    paste = PasteFactory(conflict=war, author=author)
    of_own, of_others = OF_PASTE[permission]
    assert policy.may(user, permission, paste) is (
        role in (of_own if author == user else of_others)
    )
    listed = policy.visible_pastes(user, war).filter(pk=paste.pk).exists()
    assert listed is policy.may(user, "events.see_paste", paste)


@pytest.mark.parametrize("elsewhere", [None, "nobody", "reporter", "editor", "chief"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("permission", OF_SOURCE)
def test_of_a_source(war: Conflict, permission: str, role: str, elsewhere: str | None) -> None:
    """`elsewhere`: the role where it is cited besides; None: it is cited here alone."""
    user, other = person(role, war), ConflictFactory()
    if elsewhere in DESK and role != "anonymous":
        MembershipFactory(user=user, conflict=other, role=elsewhere)
    citing = (war,) if elsewhere is None else (war, other)
    expected = role in OF_SOURCE[permission] and elsewhere in (None, *PUBLISHERS)
    assert policy.may(user, permission, policy.SharedSource(war, citing)) is expected


def waiting(war: Conflict, author: Any, status: str) -> Draft:
    more = {**UNDER_EMBARGO, "approved_by": author} if status == "embargoed" else {}
    return DraftFactory(conflict=war, author=author, status=status, **more)


@pytest.mark.parametrize("status", sorted(ALWAYS))
@pytest.mark.parametrize("wrote", [True, False], ids=["wrote", "did not write"])
@pytest.mark.parametrize("asked", ["nowhere", "conflict", "verb", "place"])
@pytest.mark.parametrize("role", ROLES)
def test_of_a_publication(war: Conflict, role: str, asked: str, wrote: bool, status: str) -> None:
    user = person(role, war)
    war.two_person, war.sensitive_verbs = asked == "conflict", ["retook"] if asked == "verb" else []
    place = PlaceFactory(conflict=war, sensitive=asked == "place")
    draft = waiting(war, UserFactory(), status)
    draft.conflict = war
    draft.writers = [user.pk] if wrote else [draft.author_id]
    second, any_other = OF_PUBLICATION["events.publish_text"][asked != "nowhere"]
    is_second = status == "submitted" and not wrote
    expected = status in OPEN and role in (second if is_second else any_other)
    asking = policy.Publication(draft, ("retook",), (place,))
    assert policy.may(user, "events.publish_text", asking) is expected


def test_the_author_is_no_second_person_whoever_wrote_since(war: Conflict) -> None:
    editor = person("editor", war)
    war.two_person = True
    draft = DraftFactory(conflict=war, author=editor, status="submitted", writers=[])
    assert not policy.may(editor, "events.publish_text", policy.Publication(draft))


@pytest.mark.parametrize("role", ROLES)
def test_who_lifts_an_embargo(war: Conflict, role: str) -> None:
    """The person who is named, as long as his role publishes."""
    user = person(role, war)
    if role != "anonymous":
        draft = DraftFactory(
            conflict=war, status="embargoed", lifter=user, approved_by=user, embargo_reason="r"
        )
        assert policy.may(user, "events.lift_embargo", draft) is (role in PUBLISHERS)


@pytest.mark.parametrize("role", ROLES)
def test_an_assignee_has_the_draft_in_hand(war: Conflict, role: str) -> None:
    user = person(role, war)
    if role != "anonymous":
        draft = DraftFactory(conflict=war, assignee=user)
        for permission in ("events.see_draft", "events.edit_draft", "events.comment_draft"):
            assert policy.may(user, permission, draft) is (role in DESK)


@pytest.mark.parametrize("factor", [None, "totp", "webauthn", "recovery_codes"])
@pytest.mark.parametrize("role", sorted(DESK))
def test_a_role_that_publishes_counts_only_with_a_second_factor(
    war: Conflict, settings: Any, role: str, factor: str | None
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    user = person(role, war)
    if factor:
        Authenticator.objects.create(user=user, type=factor, data={})
    counts = role == "reporter" or factor in ("totp", "webauthn")
    assert policy.lacks_second_factor(user) is not counts
    assert policy.role_of(user, war) == (role if counts else None)
    assert policy.may(user, "events.publish_change", war) is (counts and role in PUBLISHERS)
    assert set(policy.desk_conflicts(user)) == ({war} if counts else set())


def test_a_superuser_has_no_more_than_his_role(war: Conflict) -> None:
    user = get_user_model().objects.create_superuser("root", "root@example.org", "x")
    assert not policy.may(user, "events.publish_change", war)
    with pytest.raises(PermissionDenied):
        policy.require(user, "events.use_desk", war)


@pytest.mark.parametrize("role", ROLES)
def test_without_an_object_nobody_may_anything(war: Conflict, role: str) -> None:
    user = person(role, war)
    names = [*OF_CONFLICT, *OF_DRAFT, *OF_PUBLICATION, *OF_SOURCE]
    assert [name for name in names if policy.may(user, name, None)] == []


@pytest.mark.parametrize("role", ROLES)
def test_the_querysets_agree_with_their_predicates(war: Conflict, role: str) -> None:
    user = person(role, war)
    conflicts = [war, ConflictFactory()]
    authors = [UserFactory(), *([] if role == "anonymous" else [user])]
    for conflict in conflicts:
        for author in authors:
            for status in sorted(ALWAYS):
                waiting(conflict, author, status)
        if not isinstance(user, AnonymousUser):
            DraftFactory(conflict=conflict, assignee=user)

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
