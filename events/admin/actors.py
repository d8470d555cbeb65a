"""Actors with their names, and dated coalitions."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.exchange.actors import PATTERNS
from events.gazetteer import fold_name, language_of
from events.models import Actor, ActorName, Coalition
from events.tasks import replay_after_commit

from .forms import EdtfForm


class ActorForm(EdtfForm):
    edtf_fields = ("active_from", "active_to")
    pattern = forms.ChoiceField(choices=[(name, name) for name in PATTERNS])

    class Meta:
        widgets = {"colour": forms.TextInput(attrs={"type": "color"})}
        help_texts = {
            "number": gettext_lazy(
                "How verbs go with the short name in English. Left empty, it is guessed from that name."
            )
        }


class ActorNameForm(EdtfForm):
    edtf_fields = ("used_from", "used_to")

    def save(self, commit: bool = True) -> Any:
        self.instance.folded = fold_name(self.instance.name)
        self.instance.language = self.instance.language or language_of(self.instance.name)
        return super().save(commit)


class ActorNameInline(admin.TabularInline):
    model = ActorName
    form = ActorNameForm
    extra = 1


class CoalitionForm(EdtfForm):
    edtf_fields = ("since", "until")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        member, coalition = cleaned.get("member"), cleaned.get("coalition")
        if member and coalition and member.conflict_id != coalition.conflict_id:
            raise ValidationError(_("They belong to different conflicts."))
        if member and member == coalition:
            raise ValidationError(_("An actor is no member of itself."))
        return cleaned


class CoalitionInline(admin.TabularInline):
    model = Coalition
    form = CoalitionForm
    fk_name = "member"
    autocomplete_fields = ["coalition"]
    extra = 0


@admin.register(Actor)
class ActorAdmin(admin.ModelAdmin):
    form = ActorForm
    list_display = ["name", "short", "number", "kind", "conflict", "colour", "pattern"]
    list_filter = ["conflict", "kind"]
    list_select_related = ["conflict"]
    search_fields = ["name", "short", "slug", "names__name"]
    inlines = [ActorNameInline, CoalitionInline]

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Its name and short name are among the names by which it is found."""
        super().save_related(request, form, formsets, change)
        actor: Actor = form.instance
        have = set(actor.names.values_list("name", flat=True))
        for name in dict.fromkeys([actor.name, actor.short]):
            if name not in have:
                actor.names.create(name=name, language=language_of(name), folded=fold_name(name))
        replay_after_commit(actor.conflict)


@admin.register(Coalition)
class CoalitionAdmin(admin.ModelAdmin):
    form = CoalitionForm
    list_display = ["member", "coalition", "since", "until"]
    list_select_related = ["member", "coalition"]
    autocomplete_fields = ["member", "coalition"]
    search_fields = ["member__name", "coalition__name"]
