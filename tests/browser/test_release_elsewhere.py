"""The one script of a release, on a page of another site: its styles come along, and keep their own measure."""

import pytest
from playwright.sync_api import Page

from tests.browser.elsewhere import Elsewhere


@pytest.fixture
def hosts(public: str, elsewhere: Elsewhere) -> tuple[str, ...]:
    return (public, elsewhere.url)


def test_one_script_is_all_and_a_small_root_makes_it_no_smaller(
    page: Page, elsewhere: Elsewhere, public: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(public)))
    sizes = []
    for name, style in (("plain", ""), ("small", "<style>html { font-size: 62.5% }</style>")):
        html = f"""{style}<script type="module" src="{public}/static/js/pages/control-map.js"></script>
            <div style="height: 600px; width: 900px"><control-map id="map" at="2017-06-30" controls
            src="{public}/api/v1/conflicts/syria/replay"></control-map></div>"""
        page.goto(elsewhere.put(name, html))
        page.wait_for_function("() => customElements.get('control-map')")
        page.evaluate("map.ready")
        page.locator("control-map .legend, control-map .tabs").first.wait_for()
        sizes.append(
            page.evaluate(
                """[".date", ".time-bar button", ".legend h2"].map((one) =>
                    getComputedStyle(map.shadowRoot.querySelector(one)).fontSize)"""
            )
        )
    assert sizes[0] == sizes[1]
    scripts = {path for path in asked if path.endswith((".js", ".css"))}
    assert scripts == {"/static/js/pages/control-map.js"}
