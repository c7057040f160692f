"""The names of the older engine's SDK, answered by Pawl."""

from .sdk.module import Module

__version__ = "0.4.4"
__all__ = ["Module", "get_browser", "proxied_request", "__version__"]


def __getattr__(name):
    if name == "proxied_request":
        from .proxy.client import proxied_request

        return proxied_request
    if name == "get_browser":
        from .browser.pool import get_browser

        return get_browser
    if name in ("engine", "api", "cli"):
        raise ImportError("sweatpants.%s is part of the older engine's server, which Pawl replaces." % name)
    raise AttributeError(name)
