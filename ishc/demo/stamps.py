"""Root uuids, phones and times, from the seed and nothing else."""

from datetime import datetime
from random import Random
from uuid import UUID

from ishc.demo.model import Sent


def draw_uuid(rng: Random) -> str:
    """Give a random (version 4) uuid from the generator's own chance."""
    return str(UUID(int=rng.getrandbits(128), version=4))


def draw_device(rng: Random) -> str:
    """Give the id of a phone as ODK Collect makes it."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return "collect:" + "".join(rng.choices(letters, k=16))


def stamp(rng: Random, end: datetime, minutes: int, device: str) -> Sent:
    """Give a submission its root uuid and its times; ``minutes`` is about how long it took."""
    return Sent(draw_uuid(rng), end, rng.randint(minutes, minutes * 2), device)
