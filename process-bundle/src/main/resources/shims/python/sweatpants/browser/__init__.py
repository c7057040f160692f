"""A browser for a module."""

from .pool import get_browser

__all__ = ["get_browser"]
