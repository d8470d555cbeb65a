"""Rows for tests: a conflict, its places, actors and sources, with names that can be found."""

from datetime import date

import factory
from django.contrib.auth import get_user_model
from django.contrib.gis.geos import Point

from events.gazetteer import fold_name, language_of, script_of
from events.models import (
    Actor,
    ActorName,
    Conflict,
    Draft,
    Membership,
    Paste,
    Place,
    PlaceName,
    Report,
    Source,
)


class ConflictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Conflict

    slug = factory.Sequence(lambda n: f"war-{n}")
    title = factory.LazyAttribute(lambda o: o.slug.title())
    timezone = "Asia/Damascus"
    start = date(2011, 3, 15)


class ActorFactory(factory.django.DjangoModelFactory):
    """`aliases=["Daesh"]` adds names."""

    class Meta:
        model = Actor
        skip_postgeneration_save = True

    conflict = factory.SubFactory(ConflictFactory)
    slug = factory.Sequence(lambda n: f"actor-{n}")
    name = factory.LazyAttribute(lambda o: o.slug.title())
    short = factory.LazyAttribute(lambda o: o.slug.upper()[:30])
    kind = Actor.Kind.NON_STATE
    colour = "#D55E00"

    @factory.post_generation
    def aliases(self, create, extracted, **kwargs):  # type: ignore[no-untyped-def]
        for name in dict.fromkeys([self.name, self.short, *(extracted or [])]):
            ActorName.objects.create(
                actor=self, name=name, language=language_of(name), folded=fold_name(name)
            )


class PlaceFactory(factory.django.DjangoModelFactory):
    """`aliases=["Rakka"]` adds names."""

    class Meta:
        model = Place
        skip_postgeneration_save = True

    conflict = factory.SubFactory(ConflictFactory)
    slug = factory.Sequence(lambda n: f"place-{n}")
    name = factory.LazyAttribute(lambda o: o.slug.title())
    kind = Place.Kind.TOWN
    point = factory.Sequence(lambda n: Point(36 + n % 50 / 10, 33 + n // 50 % 40 / 10, srid=4326))

    @factory.post_generation
    def aliases(self, create, extracted, **kwargs):  # type: ignore[no-untyped-def]
        for at, name in enumerate(dict.fromkeys([self.name, *(extracted or [])])):
            PlaceName.objects.create(
                place=self,
                name=name,
                language=language_of(name) or "en",
                script=script_of(name),
                kind=PlaceName.Kind.ALIAS if at else PlaceName.Kind.OFFICIAL,
                folded=fold_name(name),
            )


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Source

    slug = factory.Sequence(lambda n: f"source-{n}")
    name = factory.LazyAttribute(lambda o: o.slug.title())
    folded = factory.LazyAttribute(lambda o: fold_name(o.name))
    kind = Source.Kind.MONITOR
    reliability = Source.Reliability.B


class ReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Report

    source = factory.SubFactory(SourceFactory)
    title = factory.Sequence(lambda n: f"Report {n}")


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"person-{n}")


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    conflict = factory.SubFactory(ConflictFactory)
    role = Membership.Role.EDITOR


class DraftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Draft

    conflict = factory.SubFactory(ConflictFactory)
    author = factory.SubFactory(UserFactory)


class PasteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Paste

    conflict = factory.SubFactory(ConflictFactory)
    author = factory.SubFactory(UserFactory)
