"""Another site: a page of a newspaper on a host of its own, which the map's site knows nothing of."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

# A browser asks any site for one, and says so where there is none.
ICON = ("<svg xmlns='http://www.w3.org/2000/svg'/>", {"Content-Type": "image/svg+xml"})


@dataclass
class Elsewhere:
    """`url` is on `localhost`, where the map's site is on `127.0.0.1`: another origin, and for cookies another site."""

    url: str = ""
    pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    def put(self, name: str, html: str, **headers: str) -> str:
        """The address of a page with this HTML in its body; `headers` with _ for -."""
        page = f"<!DOCTYPE html><html lang='en'><title>An article</title><body>{html}</body></html>"
        self.pages[f"/{name}"] = (page, {k.replace("_", "-"): v for k, v in headers.items()})
        return f"{self.url}/{name}"


@contextmanager
def another_site() -> Iterator[Elsewhere]:
    elsewhere = Elsewhere()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            html, headers = elsewhere.pages.get(path, ICON if path == "/favicon.ico" else ("", {}))
            self.send_response(200 if html else 404)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    elsewhere.url = f"http://localhost:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield elsewhere
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
