"""A conflict of three places for tests of what was known when: two imports, a year apart."""

from pathlib import Path
from uuid import uuid4

import pytest

from tests.browser.site import Site

PLACES = """slug,kind,parent,name_en,lat,lon
land,province,,Land,36.0,38.9
west,town,land,West,36.0,38.0
east,town,land,East,36.0,39.0
"""
ACTORS = """slug,name,short,kind,colour
red,Red,Red,non-state,#aa0000
blue,Blue,Blue,non-state,#0000aa
"""
HEAD = "id,date,actor,verb,place,source,headline\n"
FIRST = f"""{HEAD}a,2019-01-01,red,holds,land,sohr,Red holds the land
b,2019-03-01,blue,captured,east,sohr,Blue takes the east
"""
SECOND = f"{HEAD}c,2019-02-01,blue,captured,west,sohr,Blue had the west by February\n"
THIRD = f"{HEAD}d,2019-03-05,red,retook,west,sohr,Red is back in the west\n"


@pytest.fixture(scope="module")
def land(site: Site, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A conflict with two imports of different days, for the tests of one file, which only read it."""
    return make_land(site, tmp_path_factory.mktemp("land"))


@pytest.fixture
def own_land(site: Site, tmp_path: Path) -> str:
    """One like it for each test that publishes."""
    return make_land(site, tmp_path)


def make_land(site: Site, folder: Path) -> str:
    slug = f"land-{uuid4().hex[:12]}"
    for name, text in (("places", PLACES), ("actors", ACTORS)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    dates = ("--timezone", "UTC", "--start", "2019-01-01", "--end", "2019-12-31")
    site.manage("create_conflict", slug, "--title", "Land", *dates)
    site.manage("import_gazetteer", slug, str(folder / "places.csv"))
    site.manage("import_actors", slug, str(folder / "actors.csv"))
    bring(site, folder, slug, FIRST, "2020-01-01T00:00:00Z")
    bring(site, folder, slug, SECOND, "2021-01-01T00:00:00Z")
    site.manage("build_replay", slug)
    return slug


def bring(site: Site, folder: Path, slug: str, changes: str, at: str | None = None) -> None:
    path = folder / "changes.csv"
    path.write_text(changes, encoding="utf-8")
    site.manage("import_changes", slug, str(path), *(("--published-at", at) if at else ()))
