"""Addresses of this room."""

from django.urls import path

from .views import desk, find, form, preview, published, stale

app_name = "editing"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("drafts/<int:pk>/", form.edit, name="draft"),
    path("drafts/<int:pk>/drop/", form.drop, name="drop"),
    path("drafts/<int:pk>/published/", published.published, name="published"),
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
    path("<slug:slug>/preview/", preview.preview, name="preview"),
    path("<slug:slug>/find/<slug:kind>/", find.find, name="find"),
]
