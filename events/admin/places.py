"""Places with their names and map, and the estimates made about them."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events.chronology.dates import parse
from events.gazetteer import compute_territory, fold_name, language_of, script_of
from events.ledger import rebuild
from events.models import Change, Estimate, Place, PlaceName
from events.tasks import replay_after_commit

from .forms import EdtfForm, sound_area
from .maps import MapAdmin

ON_THE_GROUND = {"kind", "parent", "point", "area"}


class PlaceForm(EdtfForm):
    def clean_area(self) -> Any:
        return sound_area(self.cleaned_data["area"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        parent = cleaned.get("parent")
        conflict = cleaned.get("conflict") or getattr(self.instance, "conflict", None)
        if parent and parent.conflict != conflict:
            self.add_error("parent", _("It belongs to another conflict."))
        elif parent and self.instance.pk and parent.path.startswith(self.instance.path):
            self.add_error("parent", _("A place does not lie inside itself."))
        slug = cleaned.get("slug")
        if slug and Place.every.filter(conflict=conflict, slug=slug, hidden=True).exists():
            why = _("The desk has made a place of that address, which waits for its first change.")
            self.add_error("slug", why)
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("It ends before it begins."))
        return cleaned


class PlaceNameForm(EdtfForm):
    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not fold_name(name):
            raise ValidationError(_("A name has letters or digits."))
        return name

    def save(self, commit: bool = True) -> Any:
        name = self.instance
        name.folded = fold_name(name.name)
        name.language = name.language or language_of(name.name)
        name.script = name.script or script_of(name.name)
        return super().save(commit)


class PlaceNameInline(admin.TabularInline):
    model = PlaceName
    form = PlaceNameForm
    extra = 1


@admin.register(Place)
class PlaceAdmin(MapAdmin):
    form = PlaceForm
    list_display = ["name", "slug", "kind", "parent", "conflict"]
    list_filter = ["conflict", "kind"]
    list_select_related = ["parent", "conflict"]
    search_fields = ["name", "slug", "names__name"]
    autocomplete_fields = ["parent"]
    inlines = [PlaceNameInline]

    def get_readonly_fields(self, request: Any, obj: Any = None) -> list[str]:
        """Its address is given once: links and importers know it by that."""
        return ["conflict", "slug"] if obj else []

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """A new or moved place is reached by other statements than before: the Spans are folded anew."""
        super().save_related(request, form, formsets, change)
        place: Place = form.instance
        if not place.names.filter(name=place.name).exists():
            place.names.create(
                name=place.name,
                language="en",
                script=script_of(place.name),
                kind=PlaceName.Kind.OFFICIAL,
                folded=fold_name(place.name),
            )
        changed = set(form.changed_data)
        if not change or "parent" in changed:
            _keep_tree(place)
        if not change or changed & ON_THE_GROUND:
            compute_territory(place.conflict)
        replay_after_commit(place.conflict)


def _keep_tree(place: Place) -> None:
    """The paths of all inside follow the place; then what reaches them is folded anew."""
    level = [place]
    while level:
        level = list(Place.every.filter(parent__in=level).select_related("parent"))
        for below in level:
            below.save(update_fields=["depth", "path"])
    if Change.objects.filter(conflict=place.conflict).exists():
        rebuild(place.conflict)


class EstimateForm(EdtfForm):
    edtf_fields = ("as_of",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        place, actor = cleaned.get("place"), cleaned.get("actor")
        low, high = cleaned.get("low"), cleaned.get("high")
        if place and actor and place.conflict_id != actor.conflict_id:
            self.add_error("actor", _("It belongs to another conflict."))
        if low is not None and high is not None and low > high:
            self.add_error("high", _("The upper bound is below the lower one."))
        return cleaned


@admin.register(Estimate)
class EstimateAdmin(admin.ModelAdmin):
    form = EstimateForm
    list_display = ["place", "actor", "subject", "measure", "value", "as_of", "source"]
    list_filter = ["place__conflict", "measure"]
    list_select_related = ["place", "actor", "source"]
    search_fields = ["place__name", "measure", "note"]
    autocomplete_fields = ["place", "actor", "source"]

    def save_model(self, request: Any, obj: Estimate, form: Any, change: bool) -> None:
        date = parse(obj.as_of, obj.place.conflict.zone)
        obj.earliest, obj.latest = date.earliest, date.latest
        super().save_model(request, obj, form, change)
