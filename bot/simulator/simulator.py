"""The parts of one simulator, put together."""

from dataclasses import dataclass

from bot.simulator.config import SimulatorConfig
from bot.simulator.faults import Faults
from bot.simulator.fingers import Finger
from bot.simulator.gatherings import Gathering
from bot.simulator.journal import Journal
from bot.simulator.limits import RateLimits
from bot.simulator.outbox import Outbox
from bot.simulator.sending import Postman
from bot.simulator.speaking import Speaker
from bot.simulator.world import World


@dataclass(slots=True)
class Simulator:
    """One simulated platform."""

    config: SimulatorConfig
    world: World
    journal: Journal
    faults: Faults
    limits: RateLimits
    outbox: Outbox
    speaker: Speaker
    gathering: Gathering
    finger: Finger
    postman: Postman
    rate_limits: bool

    def close(self) -> None:
        """Stop sending, let waiting calls and followers go."""
        self.outbox.close()
        self.faults.clear()
        self.world.close()


def build(config: SimulatorConfig) -> Simulator:
    """Put a simulator together."""
    world = World(config)
    journal = Journal(world.feed)
    outbox = Outbox(world, journal)
    speaker = Speaker(world, outbox)
    gathering = Gathering(world, outbox)
    return Simulator(
        config=config,
        world=world,
        journal=journal,
        faults=Faults(),
        limits=RateLimits(config.sending_rate),
        outbox=outbox,
        speaker=speaker,
        gathering=gathering,
        finger=Finger(world, speaker, gathering),
        postman=Postman(world),
        rate_limits=config.rate_limits,
    )
