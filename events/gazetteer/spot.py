"""A place made on the spot: a name and a point, hidden until a published Change names it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import Point
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from events import policy
from events.chronology.tidy import DIGITS
from events.models import Conflict, Place, PlaceName

from .around import INSIDE, parents_at
from .names import fold_name, language_of, script_of
from .resolve import Unresolved, resolve_place

LONGEST = 150
# Named so, readers see that the point is no survey (`Place.approximate`).
POINTED_OUT = "approximate: pointed out on the map by the desk"


class BadPlace(ValueError):
    """`errors`: field ("name", "kind", "arabic", "lat", "lon", "parent") -> a sentence. Nothing was written."""

    def __init__(self, errors: dict[str, str]):
        self.errors = errors
        super().__init__(" ".join(errors.values()))


@dataclass(slots=True)
class Wanted:
    """As typed. `parent` is text as of any field of places; empty: where the point lies."""

    name: str = ""
    kind: str = str(Place.Kind.TOWN)
    arabic: str = ""
    lat: str = ""
    lon: str = ""
    parent: str = ""


@dataclass(slots=True)
class Checked:
    name: str
    kind: str
    arabic: str
    point: Point
    parent: Place


def point_of(conflict: Conflict, lat: str, lon: str) -> Point:
    """Degrees, in any digits, with a point or a comma. Raises BadPlace."""
    found, errors = {}, {}
    for name, text, most in (("lat", lat, 90), ("lon", lon, 180)):
        try:
            found[name] = float(text.strip().translate(DIGITS).replace("٫", ".").replace(",", "."))
            if not abs(found[name]) <= most:
                raise ValueError
        except ValueError:
            why = _("“%(text)s” is no number of degrees from −%(most)d to %(most)d.")
            errors[name] = why % {"text": text.strip()[:40], "most": most}
            if not text.strip():
                errors[name] = _("Click the map, or type degrees.")
    if errors:
        raise BadPlace(errors)
    point = Point(found["lon"], found["lat"], srid=4326)
    bounds = conflict.bounds
    if bounds is not None and not bounds.contains(point):
        turned = abs(found["lon"]) <= 90 and bounds.contains(Point(found["lat"], found["lon"]))
        raise BadPlace(
            {
                "lat": _("Latitude and longitude are the wrong way round: that is outside the map.")
                if turned
                else _("That is outside the map of this conflict.")
            }
        )
    return point


def check(conflict: Conflict, wanted: Wanted) -> Checked:
    """What would be made. Raises BadPlace that names all that is wrong at once."""
    errors: dict[str, str] = {}
    name, arabic = " ".join(wanted.name.split()), " ".join(wanted.arabic.split())
    if not name:
        errors["name"] = _("Give it a name.")
    for field, text in (("name", name), ("arabic", arabic)):
        if text and (not fold_name(text) or ">" in text):
            errors[field] = _("A name has letters or digits, and no “>”.")
        elif len(text) > LONGEST:
            errors[field] = _("At most %(limit)d characters.") % {"limit": LONGEST}
    if arabic and script_of(arabic) != "Arab":
        errors.setdefault("arabic", _("That is not in Arabic script."))
    if wanted.kind not in INSIDE:
        errors["kind"] = _("Made at the desk is a town or village, a neighbourhood, or a site.")
    point = parent = None
    try:
        point = point_of(conflict, wanted.lat, wanted.lon)
    except BadPlace as bad:
        errors |= bad.errors
    if "kind" not in errors and (point or wanted.parent.strip()):
        try:
            parent = _parent(conflict, wanted, point)
        except (BadPlace, Unresolved) as why:
            errors["parent"] = str(why)
    if errors or point is None or parent is None:
        raise BadPlace(errors)
    return Checked(name, wanted.kind, arabic, point, parent)


def _parent(conflict: Conflict, wanted: Wanted, point: Point | None) -> Place:
    if not wanted.parent.strip():
        around = parents_at(conflict, point, wanted.kind) if point else []
        if not around:
            raise BadPlace({"parent": _("No area holds this point: say in which it lies.")})
        return around[0].place
    parent = resolve_place(conflict, wanted.parent)
    if parent.kind not in INSIDE[wanted.kind]:
        kind = str(Place.Kind(wanted.kind).label)
        why = _("%(place)s (%(of)s) is nothing that a %(kind)s lies in.")
        said = why % {"place": parent, "of": parent.get_kind_display(), "kind": kind}
        raise BadPlace({"parent": said})
    return parent


def make(conflict: Conflict, wanted: Wanted, *, by: Any, written: str = "") -> Place:
    """Make it, hidden. `written`: as a draft spells it, by which it is found too. Raises BadPlace, PermissionDenied."""
    policy.require(by, "events.make_place", conflict)
    checked = check(conflict, wanted)
    with transaction.atomic():
        place = Place.every.create(
            conflict=conflict,
            slug=_free_slug(conflict, checked),
            kind=checked.kind,
            parent=checked.parent,
            name=checked.name,
            point=checked.point,
            coordinates_from=POINTED_OUT,
            hidden=True,
            made_by=by,
            made_at=timezone.now(),
        )
        names = {checked.name: language_of(checked.name) or "en"}
        if checked.arabic:
            names.setdefault(checked.arabic, "ar")
        written = " ".join(written.split())[:LONGEST]
        spelt = {fold_name(name) for name in names}
        if fold_name(written) and fold_name(written) not in spelt:
            names.setdefault(written, language_of(written))
        for name, language in names.items():
            official = name in (checked.name, checked.arabic)
            PlaceName.every.create(
                place=place,
                name=name,
                language=language,
                script=script_of(name),
                kind=PlaceName.Kind.OFFICIAL if official else PlaceName.Kind.ALIAS,
                folded=fold_name(name),
            )
    return place


def _free_slug(conflict: Conflict, checked: Checked) -> str:
    """From the name; two who make a place of one name at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('spot'), %s)", [conflict.pk])
    base = slugify(checked.name)[:70].strip("-") or str(checked.kind)
    rows = Place.every.filter(conflict=conflict, slug__startswith=base)
    taken = set(rows.values_list("slug", flat=True))
    number = 2
    slug = base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
