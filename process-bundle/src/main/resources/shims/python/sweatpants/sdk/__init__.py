"""The part of the older engine that modules import."""

from .module import Module

__all__ = ["Module", "send_signed_callback", "sign_callback_token"]


def __getattr__(name):
    if name in ("send_signed_callback", "sign_callback_token"):
        from . import callback

        return getattr(callback, name)
    raise AttributeError(name)
