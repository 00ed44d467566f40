"""The simulator as a Flask app: LINE's API, the control API and the page."""

from flask import Flask, redirect
from werkzeug.wrappers import Response

from bot.simulator import page
from bot.simulator.api import account, content, groups, messages, oauth, rich_menus
from bot.simulator.api.guard import Guard
from bot.simulator.config import SimulatorConfig
from bot.simulator.control import groups as control_groups
from bot.simulator.control import people, trouble, watch
from bot.simulator.simulator import Simulator, build

_LARGEST_UPLOAD = 300 * 1024 * 1024


def create_app(config: SimulatorConfig) -> Flask:
    """Make the app; its simulator is in ``app.extensions["simulator"]``, to be closed at the end."""
    simulator = build(config)
    app = Flask("simulator", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_UPLOAD
    app.json.sort_keys = False  # type: ignore[attr-defined] # Flask's default provider has it
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions["simulator"] = simulator
    Guard(simulator).install(app)
    for made in (messages, account, content, groups, oauth, rich_menus, people, control_groups, watch, trouble):
        app.register_blueprint(made.blueprint(simulator))
    app.register_blueprint(page.blueprint())

    @app.get("/")
    def root() -> Response:
        return redirect("/simulator/")

    return app


def simulator_of(app: Flask) -> Simulator:
    """Return the simulator inside an app."""
    found: Simulator = app.extensions["simulator"]
    return found
