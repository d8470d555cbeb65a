"""<control-map> on pages of another site: one script tag, whatever the page's styles and policy are."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Response

from tests.browser.elsewhere import Elsewhere
from tests.browser.site import Site

HOSTILE = """<style>
html { font-size: 62.5%; }
body { text-align: right; visibility: visible; }
* { background: yellow; border: 3px dotted lime; box-sizing: content-box; color: red; cursor: wait;
    direction: ltr; float: none; font: italic 900 40px/3 fantasy; letter-spacing: 0.4em; margin: 7px;
    outline: 2px solid red; padding: 9px; text-indent: 2em; text-shadow: 2px 2px red;
    text-transform: uppercase; white-space: nowrap; word-spacing: 1em; z-index: 9; }
div, section, button, ul, li, svg, canvas, input { display: none !important; position: fixed !important; }
#map { border: 0; margin: 0; outline: 0; padding: 0; }
</style>"""
# What decides how each element within looks, and how large it is.
LOOKS = """() => {
  const names = ["backgroundColor", "borderTopWidth", "color", "cursor", "display", "fontFamily", "fontSize",
    "fontStyle", "fontWeight", "letterSpacing", "lineHeight", "marginTop", "paddingLeft", "textAlign",
    "textIndent", "textShadow", "textTransform", "visibility", "whiteSpace", "wordSpacing"];
  const root = document.querySelector("control-map").shadowRoot;
  return [...root.querySelectorAll("*:not(link, style, .leaflet-map-pane *, .change-ring)")].map((element) => {
    const style = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    return [`${element.tagName}.${element.getAttribute("class")}`, Math.round(width), Math.round(height),
      ...names.map((name) => style[name])];
  });
}"""


@pytest.fixture
def hosts(site: Site, elsewhere: Elsewhere) -> tuple[str, ...]:
    return (site.url, elsewhere.url)


def script(site: Site) -> str:
    return f'<script type="module" src="{site.url}/static/js/pages/control-map.js"></script>'


def element(site: Site, more: str = 'at="2017-06-30" controls', name: str = "map") -> str:
    source = f"{site.url}/api/v1/conflicts/syria/replay"
    return f'<control-map id="{name}" src="{source}" {more}></control-map>'


def boxed(html: str, size: str = "inline-size: 900px; block-size: 600px") -> str:
    return f'<article style="{size}; display: block; margin: 0; padding: 0; border: 0">{html}</article>'


def ready(page: Page) -> None:
    """All maps of the page are painted."""
    page.wait_for_function("() => customElements.get('control-map')")
    page.evaluate(
        "() => Promise.all([...document.querySelectorAll('control-map')].map((map) => map.ready))"
    )


def looks(page: Page) -> list[Any]:
    """Once the date has rested: what changed is listed, and which weekday it was is said."""
    page.locator("control-map .weekday:not(:empty)").wait_for()
    page.locator("control-map .changes-panel li").first.wait_for()
    found: list[Any] = page.evaluate(LOOKS)
    return found


def test_styles_of_the_page_do_not_reach_in(page: Page, elsewhere: Elsewhere, site: Site) -> None:
    page.goto(elsewhere.put("plain", script(site) + boxed(element(site))))
    ready(page)
    as_meant = looks(page)
    page.goto(elsewhere.put("hostile", HOSTILE + script(site) + boxed(element(site))))
    ready(page)
    found = looks(page)
    assert len(as_meant) > 100
    assert [(mine, its) for mine, its in zip(as_meant, found, strict=True) if mine != its] == []


def test_its_styles_do_not_leak_out(page: Page, elsewhere: Elsewhere, site: Site) -> None:
    words = '<p id="p" class="card note">The <button>article</button> <a href="#">itself</a></p>'
    read = """() => [...document.querySelectorAll("#p, #p *")].map((one) => {
        const { font, color, border, margin, padding, background, textAlign } = getComputedStyle(one);
        return [font, color, border, margin, padding, background, textAlign]; })"""
    page.goto(elsewhere.put("before", words))
    before = page.evaluate(read)
    page.goto(elsewhere.put("after", words + script(site) + boxed(element(site))))
    ready(page)
    assert page.evaluate(read) == before


def test_a_page_with_a_strict_policy_needs_to_name_our_site_alone(
    page: Page, elsewhere: Elsewhere, site: Site
) -> None:
    ours = "; ".join(f"{kind} {site.url}" for kind in ("script-src", "style-src", "connect-src"))
    policy = f"default-src 'none'; {ours}"
    # a size by an attribute would itself be refused
    html = script(site) + element(site)
    page.goto(elsewhere.put("strict", html, Content_Security_Policy=policy))
    ready(page)
    assert page.evaluate("document.querySelector('control-map').standing('raqqa').state")


def test_several_maps_go_each_its_own_way(page: Page, elsewhere: Elsewhere, site: Site) -> None:
    maps = [
        boxed(element(site, 'at="2014-12-01" controls', "one")),
        boxed(element(site, 'at="2017-06-30"', "two"), "inline-size: 400px; block-size: 300px"),
    ]
    page.goto(elsewhere.put("two", script(site) + "".join(maps)))
    ready(page)
    page.evaluate("one.seek('2019-04-01')")
    page.evaluate("two.setAttribute('place', 'aleppo')")
    found = page.evaluate(
        """() => [one, two].map((map) => [map.date, map.getAttribute("place"),
                                          map.standing("al-sinaa").holds[0]])"""
    )
    assert found == [["2019-04-01", None, "sdf"], ["2017-06-30", "aleppo", "is"]]
    sizes = page.evaluate("() => [one, two].map((map) => [map.clientWidth, map.clientHeight])")
    assert sizes == [[900, 600], [400, 300]]


@pytest.mark.parametrize("controls", ["", "controls"])
@pytest.mark.parametrize("size", [(900, 600), (320, 480), (180, 120)])
def test_it_has_the_size_of_its_container(
    page: Page, elsewhere: Elsewhere, site: Site, size: tuple[int, int], controls: str
) -> None:
    width, height = size
    box = boxed(element(site, controls), f"inline-size: {width}px; block-size: {height}px")
    page.goto(elsewhere.put("small", script(site) + box))
    ready(page)
    found = page.evaluate(
        """() => { const { width, height } = map.getBoundingClientRect();
            const box = map.parentElement; return [width, height, box.scrollWidth, box.scrollHeight]; }"""
    )
    assert found == [width, height, width, height]


def test_it_follows_its_container(page: Page, elsewhere: Elsewhere, site: Site) -> None:
    page.goto(elsewhere.put("grows", script(site) + boxed(element(site, ""))))
    ready(page)
    page.evaluate("map.parentElement.style.inlineSize = '500px'")
    page.wait_for_function("() => map.shadowRoot.querySelector('.map').clientWidth === 500")


def test_a_container_without_a_height_gets_one(
    page: Page, elsewhere: Elsewhere, site: Site
) -> None:
    page.goto(elsewhere.put("open", script(site) + boxed(element(site), "inline-size: 640px")))
    ready(page)
    assert page.evaluate("[map.clientWidth, map.clientHeight]") == [640, 480]


def test_taken_out_and_put_back_it_is_as_it_was(
    page: Page, elsewhere: Elsewhere, site: Site
) -> None:
    html = boxed(element(site, 'at="2014-12-01" place="raqqa" controls')) + boxed(
        "", "block-size: 400px"
    )
    page.goto(elsewhere.put("moved", script(site) + html))
    ready(page)
    found = page.evaluate(
        """async () => {
            map.position = {zoom: 9, lat: 36, lon: 39};
            const element = map;
            await element.seek("2017-06-30");
            element.remove();
            document.querySelectorAll("article")[1].append(element);
            await element.ready;
            return [element.date, element.getAttribute("place"), element.standing("raqqa").state,
                    element.position.zoom, element.shadowRoot.querySelectorAll(".stage").length];
        }"""
    )
    assert found == ["2017-06-30", "raqqa", "divided", 9, 1]


def test_it_sets_no_cookie_and_sends_none(page: Page, elsewhere: Elsewhere, site: Site) -> None:
    page.context.add_cookies(
        [{"name": "sessionid", "value": "secret", "url": site.url, "sameSite": "Lax"}]
    )
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(elsewhere.put("cookies", script(site) + boxed(element(site))))
    ready(page)
    ours = [answer for answer in answers if answer.url.startswith(site.url)]
    assert len(ours) > 5
    assert [a.url for a in ours if "set-cookie" in a.all_headers()] == []
    assert [a.url for a in ours if "cookie" in a.request.all_headers()] == []
    assert [cookie["name"] for cookie in page.context.cookies()] == ["sessionid"]


# What a map says in words, without what belongs to the record: names, headlines, sources and quotes.
SAYS = """(map) => {
  const root = map.shadowRoot;
  const shown = (text) => text.replace(/[\\u2066-\\u2069\\u200e\\u200f]/g, "").trim();
  const texts = [];
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) texts.push(walk.currentNode.data);
  const names = ["aria-label", "title", "placeholder", "aria-valuetext"];
  for (const one of root.querySelectorAll(names.map((name) => `[${name}]`).join()))
    for (const name of names) texts.push(one.getAttribute(name) ?? "");
  return [...new Set(texts.map(shown))].filter(Boolean);
}"""
DAY = "(map) => map.shadowRoot.querySelector('input.date').value"


def speaks(page: Page, site: Site, name: str) -> str:
    """The language of a map, if all that it says is in that one: its words, its dates, its direction."""
    arabic: dict[str, Any] = page.request.get(f"{site.url}/jsi18n/?lang=ar").json()["catalog"]
    same = {
        key: text
        for key, text in arabic.items()
        if isinstance(text, str) and key and text != key and "%" not in key
    }
    map_ = page.locator(f"#{name}")
    said = set(map_.evaluate(SAYS))
    found = {"en": len(said & set(same)), "ar": len(said & set(same.values()))}
    language = max(found, key=found.__getitem__)
    assert found[language] > 40 and min(found.values()) == 0, found
    day = map_.evaluate(DAY)
    assert bool(re.search("[\u0621-\u064a]", day)) == (language == "ar"), day
    inner = map_.evaluate("(map) => [map.root.lang, map.root.dir]")
    assert inner == [language, {"en": "ltr", "ar": "rtl"}[language]]
    return language


def test_two_maps_of_one_page_speak_each_its_own_language(
    page: Page, elsewhere: Elsewhere, site: Site
) -> None:
    maps = [
        boxed(element(site, f'at="2017-06-30" controls lang="{lang}"', name))
        for name, lang in (("one", "en"), ("two", "ar"))
    ]
    page.goto(elsewhere.put("languages", script(site) + "".join(maps)))
    ready(page)

    def each() -> list[str]:
        return [speaks(page, site, name) for name in ("one", "two")]

    page.evaluate("() => Promise.all([one.seek('2017-06-29'), two.seek('2017-06-29')])")
    assert each() == ["en", "ar"]
    page.evaluate("() => { for (const map of [one, two]) map.play({daysPerSecond: 30}); }")
    page.wait_for_function("() => one.date > '2017-07-20' && two.date > '2017-07-20'")
    assert each() == ["en", "ar"]
    page.evaluate("() => { for (const map of [one, two]) map.pause(); }")
    page.evaluate("() => { for (const map of [one, two]) map.setAttribute('place', 'raqqa'); }")
    for name in ("one", "two"):
        page.locator(f"#{name} .place-panel .change").first.wait_for()
    assert each() == ["en", "ar"]
    page.evaluate(
        "() => { one.lang = 'ar'; two.lang = 'en'; return Promise.all([one.ready, two.ready]); }"
    )
    for name in ("one", "two"):
        page.locator(f"#{name} .place-panel .change").first.wait_for()
    assert each() == ["ar", "en"]
    assert page.evaluate("[one, two].map((map) => map.getAttribute('place'))") == ["raqqa", "raqqa"]


def test_whoever_sets_an_attribute_waits_for_what_comes_of_it(
    page: Page, elsewhere: Elsewhere, site: Site
) -> None:
    page.goto(elsewhere.put("waits", script(site) + boxed(element(site))))
    ready(page)
    spoken = page.evaluate("map.lang = 'ar', map.ready.then(() => map.root.lang)")
    assert spoken == "ar"
    page.expected_errors = ["Failed to load resource", "LoadError"]  # type: ignore[attr-defined]
    page.route("**/replay", lambda route: route.abort())
    # the picture that is there goes on, and its dates are painted
    page.evaluate("map.lang = 'en', map.seek('2014-12-01')")
    assert page.evaluate("[map.root.lang, map.date]") == ["ar", "2014-12-01"]
