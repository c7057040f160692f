"""Requests through the configured proxy."""

from .client import build_proxy_url, get_proxy_url, proxied_request

__all__ = ["build_proxy_url", "get_proxy_url", "proxied_request"]
