"""A small war of the newsroom's own, for tests that publish: the demo's own record stays as it is."""

from pathlib import Path

import pytest

from .site import Site

IS, SDF = "#1a1a1a", "#f0e442"
AT = "35.94300", "39.04200"
PLACES = f"""slug,kind,parent,name_en,aliases,name_ar,lat,lon
raqqa-province,province,,Raqqa province,,,36.0,38.9
raqqa,town,raqqa-province,Raqqa,,الرقة,35.9528,39.0100
al-senaa,neighbourhood,raqqa,al-Senaa,al-Sina'a|the industrial district,الصناعة,{AT[0]},{AT[1]}
"""
ACTORS = f"""slug,name,short,aliases,kind,colour
is,Islamic State,IS,Daesh|داعش,non-state,{IS}
sdf,Syrian Democratic Forces,SDF,قسد,non-state,{SDF}
"""
CHANGES = """id,date,actor,verb,place,source
r1,2014-01-14,is,holds,raqqa,sohr
r2,2017-06-15,sdf,captured,al-senaa,sohr
r3,2017-06-29,is,entered,al-senaa,sohr
"""
MEMBERS = """
from django.contrib.auth import get_user_model
from events.models import Conflict, Membership
for user in get_user_model().objects.filter(username__in=["reporter", "editor", "chief"]):
    Membership.objects.get_or_create(
        user=user, conflict=Conflict.objects.get(slug="SLUG"), defaults={"role": user.username})
"""


@pytest.fixture(scope="module")
def raqqa(
    request: pytest.FixtureRequest, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Brought in by the commands, without the change of 30 June; each file of tests has one to itself."""
    slug = "raqqa-" + request.module.__name__.rpartition("_")[2]
    folder: Path = tmp_path_factory.mktemp("raqqa")
    for name, text in (("places", PLACES), ("actors", ACTORS), ("changes", CHANGES)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    zone = ("--timezone", "Asia/Damascus", "--start", "2013-01-01", "--end", "2017-12-31")
    site.manage("create_conflict", slug, "--title", slug, *zone)
    site.manage("import_gazetteer", slug, str(folder / "places.csv"))
    site.manage("import_actors", slug, str(folder / "actors.csv"))
    site.manage("import_changes", slug, str(folder / "changes.csv"))
    site.manage("build_replay", slug)
    site.manage("shell", "-c", MEMBERS.replace("SLUG", slug))
    return slug
