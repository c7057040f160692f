"""The base class of modules of the older worker."""

from datetime import datetime

from box import Box
from loguru import logger

from app.config import Config
from app.heartbeat import heartbeat


class BaseModule:
    """A kind of work on the data of one task: made, validated, run and cleaned up as one object."""

    def __init__(self, task):
        self.heartbeat = heartbeat
        self.task = Box(task)
        self.start_time = None

    def validate(self):
        logger.info("No validation actions, skipping")

    def run(self):
        self.set_start_time()
        logger.info("No run actions, skipping")

    def cleanup(self):
        """Nothing is left behind by default."""

    def get_duration(self):
        """The time since the run began."""
        if self.start_time is None:
            self.set_start_time()
        return datetime.now(tz=Config.API_TIMEZONE) - self.start_time

    def set_start_time(self):
        self.start_time = datetime.now(tz=Config.API_TIMEZONE)
