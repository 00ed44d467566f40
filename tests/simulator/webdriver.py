"""Drives a real browser through chromedriver's HTTP protocol, with nothing but the standard library."""

import base64
import json
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


class Browser:
    """One browser window."""

    def __init__(self, base: str, session: str) -> None:
        self._base = f"{base}/session/{session}"

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        return _call(method, self._base + path, body)

    def open(self, url: str) -> None:
        self.call("POST", "/url", {"url": url})

    def script(self, code: str, *arguments: Any) -> Any:
        return self.call("POST", "/execute/sync", {"script": code, "args": list(arguments)})

    def find(self, selector: str, seconds: float = 10) -> str:
        """Return the first element for a CSS selector, waiting for it to be there."""
        end = time.monotonic() + seconds
        while True:
            found = self.call("POST", "/elements", {"using": "css selector", "value": selector})
            if found:
                return str(found[0][_ELEMENT])
            if time.monotonic() > end:
                raise AssertionError(f"nothing matches {selector} on the page:\n{self.text()[-1500:]}")
            time.sleep(0.02)

    def click(self, selector: str) -> None:
        self.call("POST", f"/element/{self.find(selector)}/click", {})

    def type(self, selector: str, text: str) -> None:
        self.call("POST", f"/element/{self.find(selector)}/value", {"text": text})

    def text(self) -> str:
        return str(self.script("return document.body.innerText"))

    def wait_for(self, text: str, seconds: float = 10) -> None:
        """Wait until the page shows a text."""
        end = time.monotonic() + seconds
        while text not in self.text():
            assert time.monotonic() < end, f"«{text}» is not on the page:\n{self.text()[-1500:]}"
            time.sleep(0.02)

    def resize(self, width: int, height: int) -> None:
        """Give the page exactly this size, also below the smallest window."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        body = {"cmd": "Emulation.setDeviceMetricsOverride", "params": metrics}
        self.call("POST", "/goog/cdp/execute", body)

    def screenshot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.call("GET", "/screenshot")))


def _call(method: str, url: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as problem:
        raise AssertionError(json.load(problem)["value"]["message"]) from None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def browser() -> Iterator[Browser]:
    """Open a browser with a fresh profile; close it and its driver at the end."""
    port = _free_port()
    driver = subprocess.Popen(["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        try:
            _wait_until_ready(base)
            arguments = [*_FLAGS, f"--user-data-dir={profile}", "--window-size=1280,900"]
            options = {"args": arguments, "binary": shutil.which("chromium")}
            wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
            session = _call("POST", f"{base}/session", wanted)["sessionId"]
            window = Browser(base, session)
            yield window
            window.call("DELETE", "")
        finally:
            driver.terminate()
            driver.wait()


def _wait_until_ready(base: str) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            if _call("GET", f"{base}/status")["ready"]:
                return
        except OSError:
            assert time.monotonic() < end, "chromedriver does not answer"
        time.sleep(0.05)
