"""A draft's versions, one below the other."""

import re

from django.test import Client

from events.models import Conflict, Draft

from .conftest import post


def test_what_differs_in_each_version_has_a_name_of_its_own(at_desk: Client, war: Conflict) -> None:
    at_desk.post("/desk/war/new/", post(do="save"))
    draft = Draft.objects.get()
    for version, note in enumerate(("first words", "second words"), start=1):
        at_desk.post(f"/desk/drafts/{draft.pk}/", post(do="save", version=version, note=note))
    html = at_desk.get(f"/desk/drafts/{draft.pk}/versions/").content.decode()
    names = re.findall(r'role="region"\s+aria-labelledby="([\w-]+)"', html)
    assert names == ["version-3", "version-2", "version-1"]
    assert all(html.count(f'id="{name}"') == 1 for name in names)
