"""Addresses of this room."""

from django.urls import path

from .views import (
    actors,
    beat,
    desk,
    find,
    form,
    many,
    people,
    preview,
    published,
    queue,
    review,
    sentence,
    shift,
    spot,
    stale,
    versions,
)

app_name = "editing"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("drafts/<int:pk>/", form.edit, name="draft"),
    path("drafts/<int:pk>/drop/", form.drop, name="drop"),
    path("drafts/<int:pk>/published/", published.published, name="published"),
    path("drafts/<int:pk>/review/", review.page, name="review"),
    path("drafts/<int:pk>/versions/", versions.page, name="versions"),
    path("drafts/<int:pk>/beat/", beat.beat, name="beat"),
    path("alerts/<int:pk>/seen/", review.seen, name="seen"),
    path("me/", people.me, name="me"),
    path("invitations/<str:secret>/", people.invitation, name="invitation"),
    path("<slug:slug>/actors/", actors.actors, name="actors"),
    path("<slug:slug>/actors/<slug:actor>/", actors.actor, name="actor"),
    path("<slug:slug>/new-actor/", actors.new_actor, name="new-actor"),
    path("<slug:slug>/people/", people.page, name="people"),
    path("<slug:slug>/shift/", shift.shift, name="shift"),
    path("<slug:slug>/record/", shift.record, name="record"),
    path("<slug:slug>/queue/", queue.queue, name="queue"),
    path("<slug:slug>/many/", many.begin, name="many"),
    path("<slug:slug>/many/<int:pk>/", many.paste, name="paste"),
    path("<slug:slug>/new/", form.new, name="new"),
    path(
        "<slug:slug>/changes/<str:public_id>/correct/",
        form.take_back,
        {"kind": "correction"},
        name="correct",
    ),
    path(
        "<slug:slug>/changes/<str:public_id>/retract/",
        form.take_back,
        {"kind": "retraction"},
        name="retract",
    ),
    path("<slug:slug>/stale/", stale.stale_page, name="stale"),
    path("<slug:slug>/spot/", spot.spot, name="spot"),
    path("<slug:slug>/sentence/", sentence.sentence, name="sentence"),
    path("<slug:slug>/preview/", preview.preview, name="preview"),
    path("<slug:slug>/find/<slug:kind>/", find.find, name="find"),
]
