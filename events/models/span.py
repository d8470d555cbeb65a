"""Span: actor has role in place over `valid`, as `known`. Derived from the Changes, never typed in."""

import pgtrigger
from django.contrib.gis.db import models
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex, SpGistIndex
from django.db.models import Func
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from .actor import Actor
from .change import Change
from .place import Place
from .protect import refuse_truncate
from .spanset import SpanSet

# When a Span matters to the standing: from when its role was possible to its end. Unbounded where either is.
MATTERS = Func(
    models.F("doubt_from"),
    Func(models.F("valid"), function="upper", output_field=models.DateTimeField()),
    function="tstzrange",
    output_field=DateTimeRangeField(),
)

# Actor and role as one number, for the constraint: an index compares it in two thirds of the time that it takes for
# the role's text beside the actor. Every role has a number of its own; those to come go to the end.
ACTOR_IN_ROLE = Coalesce(models.F("actor"), 0) * 8 + models.Case(
    *(
        models.When(role=role, then=models.Value(number))
        for number, role in enumerate(
            ("holds", "contests", "besieges", "present", "unclear", "claims"), 1
        )
    ),
    default=models.Value(0),
    output_field=models.BigIntegerField(),
)

# A foreign key would look this up row by row, three times, which is a quarter of what it costs to store a Span. Changes
# are never altered and never go; an actor that one of them names cannot go either (events_change has the key).
NAMED_BY_CHANGES = """
    IF EXISTS (
        SELECT FROM fresh
        WHERE (SELECT id FROM events_change AS opening
               WHERE opening.id = fresh.change_id
                 AND (fresh.actor_id IS NULL
                      OR fresh.actor_id IN (opening.actor_id, opening.other_actor_id))) IS NULL
           OR (fresh.closed_by_id IS NOT NULL
               AND (SELECT id FROM events_change AS closing WHERE closing.id = fresh.closed_by_id) IS NULL)
    ) THEN RAISE foreign_key_violation
        USING MESSAGE = 'a span is opened and ended by Changes, and its actor is named by the one that opened it';
    END IF;
    RETURN NULL;
"""


class Span(models.Model):
    """Both ranges are `[from, to)` in UTC. `doubt_from` is the instant from which the role was possible,
    `closing_doubt_from` the one from which its end was; NULL: unbounded, or no doubt where `doubted` says so.
    Only `upper(known)` is ever written again, once, when the newsroom stops saying so.
    """

    class Role(models.TextChoices):
        HOLDS = "holds", _("holds")
        CONTESTS = "contests", _("contests")
        BESIEGES = "besieges", _("besieges")
        PRESENT = "present", _("present")
        # Markers: see docs/decisions on span markers.
        UNCLEAR = "unclear", _("nobody is known to hold it")
        CLAIMS = "claims", _("is said to hold it, undecided")

    place = models.ForeignKey(Place, models.PROTECT, related_name="spans")
    # Of these three the trigger `named_by_changes` says more than a constraint of the column would.
    actor = models.ForeignKey(
        Actor,
        models.PROTECT,
        null=True,
        related_name="spans",
        db_index=False,
        db_constraint=False,
    )
    role = models.CharField(max_length=10, choices=Role.choices)
    valid = DateTimeRangeField()
    known = DateTimeRangeField()
    doubt_from = models.DateTimeField(null=True)
    closing_doubt_from = models.DateTimeField(null=True)
    # Changes and actors with Spans are never deleted, so nothing asks by them: no index to keep.
    change = models.ForeignKey(
        Change, models.PROTECT, related_name="opened_spans", db_index=False, db_constraint=False
    )
    closed_by = models.ForeignKey(
        Change,
        models.PROTECT,
        null=True,
        related_name="closed_spans",
        db_index=False,
        db_constraint=False,
    )

    objects = SpanSet.as_manager()

    class Meta:
        verbose_name = _("span")
        verbose_name_plural = _("spans")
        constraints = [
            ExclusionConstraint(
                name="span_no_overlap_on_both_clocks",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    (ACTOR_IN_ROLE, RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                    ("known", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(valid__isempty=False) & models.Q(known__isempty=False),
                name="span_is_never_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(role="unclear", actor__isnull=True)
                # an open “unclear” claims that nobody is known to hold it
                | models.Q(role="claims")
                | (~models.Q(role="unclear") & models.Q(actor__isnull=False)),
                name="span_without_actor_is_unclear",
            ),
        ]
        indexes = [
            models.Index(
                fields=["place", "role"],
                name="span_current",
                condition=models.Q(known__endswith=None),
            ),
            # Who stands where at an instant, as known now: by far the most asked.
            SpGistIndex(MATTERS, name="span_matters_now", condition=models.Q(known__endswith=None)),
            # What is said no longer, as known at an instant. What is said still has the index above: it is known at
            # every instant since its beginning.
            GistIndex(
                MATTERS,
                models.F("known"),
                name="span_mattered_on_both_clocks",
                condition=models.Q(known__endswith__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            refuse_truncate(),
            pgtrigger.Trigger(
                name="named_by_changes",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="fresh"),
                func=NAMED_BY_CHANGES,
            ),
            # rows are never overwritten: an UPDATE may only close an open known range
            pgtrigger.Trigger(
                name="close_known_once",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                IF upper(OLD.known) IS NOT NULL OR upper(NEW.known) IS NULL
                   OR lower(NEW.known) <> lower(OLD.known)
                   OR (NEW.place_id, NEW.actor_id, NEW.role, NEW.valid, NEW.doubt_from,
                       NEW.closing_doubt_from, NEW.change_id, NEW.closed_by_id)
                      IS DISTINCT FROM
                      (OLD.place_id, OLD.actor_id, OLD.role, OLD.valid, OLD.doubt_from,
                       OLD.closing_doubt_from, OLD.change_id, OLD.closed_by_id)
                THEN RAISE EXCEPTION 'a span is never overwritten: only its known range may be closed, once';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.role} {self.place}"
