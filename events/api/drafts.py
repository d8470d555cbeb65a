"""POST /conflicts/{c}/drafts and POST /drafts/{id}/publish: for programs, in the name of a token's person."""

import hashlib
from typing import Any

import pghistory
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, Router

from events import ledger, policy, tasks
from events.drafting import drafts, options
from events.drafting.assemble import Assembled, assemble
from events.drafting.called import called
from events.drafting.from_sentence import typed_from
from events.drafting.typed import Typed
from events.ledger.warnings import Warning, warnings
from events.models import ApiToken, Draft
from events.replay import change_records

from .bearer import Bearer
from .drafts_in import DraftIn, PublishIn
from .finding import conflict_of
from .problems import problem, wrong_fields
from .schemas import FAULTS, DraftOut, Problem, PublishedOut
from .wire import answer

router = Router(tags=["drafts"], auth=Bearer())
WRITING = {**FAULTS, 401: Problem, 403: Problem, 409: Problem}


@router.post(
    "/conflicts/{slug:conflict}/drafts",
    response={200: DraftOut, 201: DraftOut, **WRITING},
    url_name="drafts",
    summary="Make a draft",
)
def make_draft(
    request: HttpRequest,
    conflict: str,
    body: DraftIn,
    idempotency_key: str | None = Header(None, alias="Idempotency-Key", max_length=200),
) -> HttpResponse:
    """Kept whatever is wrong with it, as at the desk: `problems` says what stands in the way of publishing.
    The same Idempotency-Key again answers the first draft.
    """
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # Bearer sets it
    policy.require_scope(token, ApiToken.Scope.DRAFT)
    found = conflict_of(conflict)
    policy.require(token.user, "events.draft_change", found)
    typed = body.typed(typed_from(found, body.sentence) if body.sentence else Typed())
    if idempotency_key:
        typed.key = f"api-{hashlib.sha256(idempotency_key.encode()).hexdigest()[:56]}"
    try:
        with pghistory.context(user=token.user_id, token=token.pk):
            draft, status = drafts.save(found, typed, by=token.user).draft, 201
    except drafts.Stale as known:
        draft, status = known.draft, 200
    except drafts.Dropped:
        return problem(409, _("The draft of this key was dropped. Send another key."))
    except drafts.UnderEmbargo:
        return problem(409, _("The draft of this key is approved and waits for its hour."))
    response = answer(_draft(draft))
    response.status_code = status
    return response


@router.post(
    "/drafts/{int:id}/publish",
    response={200: PublishedOut, **WRITING},
    url_name="publish",
    summary="Publish a draft",
)
def publish_draft(request: HttpRequest, id: int, body: PublishIn | None = None) -> HttpResponse:
    """By policy. A second call answers the same change and publishes nothing."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    policy.require_scope(token, ApiToken.Scope.PUBLISH)
    body = body or PublishIn.model_validate({})
    # To those of other desks it does not exist.
    rows = Draft.objects.select_related("conflict", "change").filter(
        conflict__in=policy.desk_conflicts(token.user)
    )
    draft = rows.filter(pk=id).first() if id < 1 << 63 else None
    if draft is None:
        raise Http404(_("There is no draft %(id)s.") % {"id": id})
    policy.require(token.user, "events.see_draft", draft)
    if draft.change_id is None and draft.status != Draft.Status.EMBARGOED:
        policy.require(token.user, "events.publish_draft", draft)
    typed = Typed.from_json(draft.typed)
    typed.confirm = sorted({*typed.confirm, *body.confirm})
    typed.override_reason = body.override_reason or typed.override_reason
    try:
        with pghistory.context(user=token.user_id, token=token.pk):
            saved = drafts.save(
                draft.conflict,
                typed,
                by=token.user,
                draft=draft,
                version=draft.version if body.version is None else body.version,
                publish=True,
            )
    except drafts.Stale as stale:
        why = _("It was saved meanwhile: its version is %(version)d now.")
        return problem(409, why % {"version": stale.draft.version}, version=stale.draft.version)
    except drafts.Dropped:
        return problem(409, _("This draft was dropped."))
    except drafts.UnderEmbargo:
        return problem(
            409, _("This draft is approved and waits for its hour: lift it at the desk.")
        )
    if saved.change is None:
        return _not_published(saved)
    tasks.replay_after_commit(draft.conflict)
    return answer({"draft": draft.pk, "change": change_records([saved.change.pk])[0]})


def _not_published(saved: drafts.Saved) -> HttpResponse:
    if saved.refused is not None and not saved.refused.ok:
        return wrong_fields(_problems(saved.refused))
    why = _("It was not published: see the draft at the desk.")
    if saved.second_person:
        why = _("A second person must publish this: submit it at the desk.")
    if saved.warnings:
        why = _(
            "There are warnings: send their codes in `confirm` and say in `override_reason` why all the same."
        )
    return problem(409, why, warnings=[_warning(warning) for warning in saved.warnings or []])


def _draft(draft: Draft) -> dict[str, Any]:
    made = assemble(draft.conflict, Typed.from_json(draft.typed))
    effects = ledger.preview(made.new) if made.ok else []
    names = options.short_names(draft.conflict)
    return {
        "id": draft.pk,
        "conflict": draft.conflict.slug,
        "status": draft.status,
        "version": draft.version,
        "change": draft.change.public_id if draft.change else None,
        "url": f"/desk/drafts/{draft.pk}/",
        "problems": _problems(made),
        "warnings": [
            _warning(warning)
            for warning in (
                warnings(made.new, effects, timezone.now(), called(draft.conflict))
                if made.ok
                else []
            )
        ],
        "effects": [
            {
                "place": effect.place.slug,
                "day": effect.day.isoformat(),
                "before": ledger.standing_in_words(effect.before, names),
                "after": ledger.standing_in_words(effect.after, names),
            }
            for effect in effects
        ],
    }


def _problems(made: Assembled) -> list[dict[str, str]]:
    return [
        {"field": _field(box), "reason": problem.message}
        for box, problems in made.problems.items()
        for problem in problems
    ]


def _field(box: str) -> str:
    """The form's "source-1" is `citations[1].source` here."""
    name, _dash, row = box.partition("-")
    if not row:
        return name
    if name == "places":
        return f"places[{row}]"
    return f"citations[{row}].{'note' if name == 'citation_note' else name}"


def _warning(warning: Warning) -> dict[str, str]:
    return {"code": warning.code, "message": warning.message, "remedy": warning.remedy}
