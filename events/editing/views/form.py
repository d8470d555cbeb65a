"""The form that logs a change: typed, seen, saved, published. It works without JavaScript, button by button."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events import ledger, policy, tasks
from events.drafting import about, drafts, presence, several
from events.drafting.assemble import Assembled, assemble
from events.drafting.prefill import typed_to
from events.drafting.sentence import Reading
from events.drafting.typed import Typed, empty_citation, keepable
from events.models import Change, Conflict, Draft

from .. import origin
from ..access import at_the_desk, conflict_at_desk, draft_at_desk
from ..boxes import form
from ..compare import differences
from ..heard import hear
from ..lists import in_lines
from ..panel import panel
from ..said import sayer
from .autosave import autosaved

KEEPING = ("save", "submit", "publish", "take-all")


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def new(request: HttpRequest, slug: str) -> HttpResponse:
    conflict = conflict_at_desk(request, slug)
    policy.require(request.user, "events.draft_change", conflict)
    if request.method == "POST":
        return _posted(request, conflict, None)
    return _page(request, conflict, None, Typed(key=uuid4().hex))


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    draft = draft_at_desk(request, pk)
    if draft.change_id:
        return redirect("editing:published", draft.pk)
    if request.method == "POST":
        return _posted(request, draft.conflict, draft)
    if not policy.may(request.user, "events.edit_draft", draft):
        return redirect("editing:review", draft.pk)
    return _page(request, draft.conflict, draft, Typed.from_json(draft.typed))


@require_safe
@at_the_desk
def take_back(request: HttpRequest, slug: str, public_id: str, kind: str) -> HttpResponse:
    """The form to correct a published change, or to retract it (`kind`); posted, it is a draft like others."""
    conflict = conflict_at_desk(request, slug)
    policy.require(request.user, "events.draft_change", conflict)
    changes = Change.objects.select_related("conflict", "actor", "other_actor")
    change = get_object_or_404(changes, conflict=conflict, public_id=keepable(public_id))
    typed = typed_to(kind, change, uuid4().hex)
    return _page(request, conflict, None, typed, quiet=not ledger.why_not(change))


@require_POST
@at_the_desk
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    draft = draft_at_desk(request, pk)
    drafts.drop(draft, by=request.user)
    messages.success(
        request, _("Draft #%(number)d is dropped. It stays on record.") % {"number": pk}
    )
    return redirect("editing:desk")


def _posted(request: HttpRequest, conflict: Conflict, draft: Draft | None) -> HttpResponse:
    typed = Typed.from_post(request.POST)
    do = request.POST.get("do", "preview")
    if "pick" in request.POST:
        box, _equals, text = request.POST["pick"].partition("=")
        typed.put(box, text)
        return _page(request, conflict, draft, typed, quiet=False)
    if do == "autosave":
        return autosaved(request, conflict, draft, typed, _version(request))
    heard = hear(conflict, typed)
    if heard.unseen and do in ("submit", "publish"):
        messages.info(
            request, _("This is how your sentence was understood. If it is right, publish it.")
        )
        return _page(request, conflict, draft, typed, quiet=False)
    if draft is None and typed.blank and do in KEEPING:
        # Nothing to keep: what is missing is named, and no empty draft is left behind.
        return _page(request, conflict, None, typed, quiet=False)
    if do in KEEPING:
        return _kept(request, conflict, draft, typed, do, heard.whole)
    if do == "preview":
        return _page(request, conflict, draft, typed, quiet=False)
    _change_rows(typed, do)
    return _page(request, conflict, draft, typed)


def _change_rows(typed: Typed, do: str) -> None:
    what, _dash, row = do.rpartition("-")
    number = int(row) if row.isdecimal() and len(row) < 5 else 0
    if do == "add-place":
        typed.places.append("")
    elif do == "add-source":
        typed.citations.append(empty_citation())
    elif what == "remove-place":
        typed.places = [*typed.places[:number], *typed.places[number + 1 :]] or [""]
    elif what == "remove-source":
        typed.citations = [*typed.citations[:number], *typed.citations[number + 1 :]] or [
            empty_citation()
        ]


def _kept(
    request: HttpRequest,
    conflict: Conflict,
    draft: Draft | None,
    typed: Typed,
    do: str,
    whole: Reading,
) -> HttpResponse:
    also: list[drafts.Saved] = []
    try:
        if do == "take-all":
            saved, *also = several.take_all(
                conflict, typed, whole, by=request.user, draft=draft, version=_version(request)
            )
        else:
            saved = drafts.save(
                conflict,
                typed,
                by=request.user,
                draft=draft,
                version=_version(request),
                submit=do == "submit",
                publish=do == "publish",
                alone_reason=keepable(request.POST.get("alone_reason")),
            )
    except drafts.Stale as stale:
        return _stale(request, conflict, stale.draft, typed)
    except drafts.Dropped:
        typed.key = uuid4().hex
        messages.error(
            request,
            _(
                "This draft was dropped in the meantime. Your text is below; saving makes a new draft."
            ),
        )
        return _page(request, conflict, None, typed, status=409)
    except drafts.UnderEmbargo:
        why = _(
            "This draft is approved and under embargo: call it back first. Your text is below, and not saved."
        )
        messages.error(request, why)
        return _page(request, conflict, draft, typed, status=409)
    if saved.change:
        tasks.replay_after_commit(conflict)
        return redirect("editing:published", saved.draft.pk)
    if saved.refused:
        return _page(
            request,
            conflict,
            saved.draft,
            typed,
            quiet=False,
            made=saved.refused,
            refused=True,
            second_person=saved.second_person,
        )
    if also:
        numbers = _(", ").join(f"#{other.draft.pk}" for other in also)
        messages.success(
            request, _("Saved as drafts: this one, and %(others)s.") % {"others": numbers}
        )
    else:
        messages.success(
            request, _("Submitted for review.") if do == "submit" else _("Saved as draft.")
        )
    return redirect("editing:draft", saved.draft.pk)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "0")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _stale(request: HttpRequest, conflict: Conflict, theirs: Draft, typed: Typed) -> HttpResponse:
    """Both texts are shown; saving again is then a decision."""
    saved_by = drafts.last_saved_by(theirs) or theirs.author_id
    there = Typed.from_json(theirs.typed)
    found = {
        "by": get_user_model().objects.get(pk=saved_by),
        "at": theirs.updated_at,
        "differences": differences(there, typed, sayer(conflict, [there, typed])),
    }
    return _page(request, conflict, theirs, typed, status=409, stale=found)


def _page(
    request: HttpRequest,
    conflict: Conflict,
    draft: Draft | None,
    typed: Typed,
    *,
    quiet: bool = True,
    made: Assembled | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    heard = hear(conflict, typed)
    made = made or assemble(conflict, typed)
    user = request.user
    stands = draft or Draft(conflict=conflict, author_id=user.pk or 0)
    asked = drafts.publication(stands, made)
    may_publish = policy.may(user, "events.publish_draft", stands)
    may_publish_text = policy.may(user, "events.publish_text", asked)
    drawn = form(conflict, typed, made, quiet=quiet, guessed=heard.guessed)
    begun = quiet and bool(draft or typed.kind)
    context = {
        "conflict": conflict,
        "draft": draft,
        "typed": typed,
        "form": drawn,
        "waiting": [box.label for box in drawn.every() if begun and box.id in made.missing],
        "taken_back": made.new.supersedes,
        "heard": heard,
        **origin.shown(user, draft),
        "panel": panel(conflict, made, typed.confirm, typed.override_reason),
        "quiet": quiet,
        "may_publish_text": may_publish_text,
        "may_alone": may_publish
        and not may_publish_text
        and policy.may(user, "events.override_two_persons", conflict),
        "here": presence.arrive(draft.pk, user) if draft else [],
        "same": in_lines(about.same_fall(draft)) if draft else [],
        "may_override": policy.may(user, "events.override_warning", conflict),
        "may_edit": draft is None or policy.may(user, "events.edit_draft", draft),
        **more,
    }
    return render(request, "editing/form.html", context, status=status)
