"""The errors by which a module of the older worker says what went wrong."""


class Error(Exception):
    """An error with a message, which may be given by its name."""

    def __init__(self, message=""):
        super().__init__(message)
        self.message = message


class InitializationError(Error):
    """The module cannot be made."""


class ValidationError(Error):
    """The data of the task will not do."""


class RunError(Error):
    """The work has failed."""


class CleanupError(Error):
    """What was to be cleaned up is still there."""


class NetworkError(Error):
    """The server cannot be reached."""
