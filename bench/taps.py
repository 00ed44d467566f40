"""A person's finger: taps a button and says how many milliseconds later the bot's answer was there."""

from __future__ import annotations

import time
from collections.abc import Callable

from bot.simulator.client import SimulatorClient
from tests.simulator.webdriver import Browser

_TAP_AND_TIME = """
const [label, patience, done] = arguments;
const chat = document.getElementById("chat"), until = performance.now() + patience;
const buttons = () => [...document.querySelectorAll("[data-label]")].filter(each => each.dataset.label === label);
(function tapWhenThere() {
  const button = buttons().pop();
  if (!button && performance.now() < until) return setTimeout(tapWhenThere, 5);
  if (!button) return done("no button " + label);
  const late = setTimeout(() => done("no answer to " + label), patience);
  const said = () => [...chat.querySelectorAll("[data-by=bot]")].map(each => each.dataset.id);
  const known = new Set(said());
  const watching = new MutationObserver(() => {
    if (said().every(id => known.has(id))) return;
    watching.disconnect();
    clearTimeout(late);
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
  });
  watching.observe(chat, { childList: true });
  const start = performance.now();
  button.click();
})();
"""
"""A tapped message is drawn anew, so only an id that was not there before is an answer; the timeout inside the
animation frame fires after the frame has been painted."""

_PATIENCE_MS = 15_000


def taps_by_api(client: SimulatorClient, person: str) -> Callable[[str], float]:
    """Tap over HTTP; the answer is there when the simulator's API has it."""

    def tap(label: str) -> float:
        after = client.last_seq(person)
        start = time.perf_counter()
        client.tap(person, label)
        client.wait_for_bot(person, after=after)
        return (time.perf_counter() - start) * 1000

    return tap


class Page:
    """The simulator's page in a browser, as one person."""

    def __init__(self, window: Browser, url: str, person: str) -> None:
        self._window = window
        window.call("POST", "/timeouts", {"script": 2 * _PATIENCE_MS})
        window.open(f"{url}/simulator/?person={person}")
        window.find('[data-testid="message"]')

    def tap(self, label: str) -> float:
        """Click in the page; the answer is there when it is painted.

        Raises:
            RuntimeError: there is no such button, or no answer came.
        """
        asked = {"script": _TAP_AND_TIME, "args": [label, _PATIENCE_MS]}
        found = self._window.call("POST", "/execute/async", asked)
        if isinstance(found, str):
            raise RuntimeError(found)
        return float(found)
