"""Every version of a draft, and the way back to one: undo that outlives the browser."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events import policy
from events.drafting import drafts
from events.drafting.typed import Typed
from events.drafting.versions import Version, bring_back, versions

from ..access import at_the_desk, draft_at_desk
from ..compare import Difference, differences
from ..said import sayer


@dataclass(frozen=True, slots=True)
class Row:
    version: Version
    changed: list[Difference]


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def page(request: HttpRequest, pk: int) -> HttpResponse:
    draft = draft_at_desk(request, pk)
    if request.method == "POST":
        number, version = (request.POST.get(name, "")[:9] for name in ("number", "version"))
        if not (number.isdecimal() and version.isdecimal()):
            raise Http404
        try:
            bring_back(draft, int(number), by=request.user, version=int(version))
        except KeyError as error:
            raise Http404 from error
        except (drafts.Stale, drafts.Dropped, drafts.UnderEmbargo):
            messages.error(
                request, _("It was changed in the meantime: this is what stands there now.")
            )
            return redirect("editing:versions", pk)
        messages.success(
            request,
            _("The text of version %(number)s stands there again.") % {"number": number},
        )
        return redirect("editing:draft", pk)
    found = versions(draft)
    begun = bool(found) and found[-1].number == 1
    older = [*(version.typed for version in found[1:]), Typed() if begun else None]
    names = sayer(draft.conflict, [version.typed for version in found])
    rows = [
        Row(version, differences(before, version.typed, names) if before else [])
        for version, before in zip(found, older, strict=True)
    ]
    context = {
        "conflict": draft.conflict,
        "draft": draft,
        "rows": rows,
        "may_edit": policy.may(request.user, "events.edit_draft", draft),
    }
    return render(request, "editing/versions.html", context)
