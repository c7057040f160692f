"""Requests through the proxy that SWEATPANTS_PROXY_URL names; httpx is needed for them."""

import os

_BROWSER = {
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-US,en;q=0.9",
}


def get_proxy_url():
    return os.environ.get("SWEATPANTS_PROXY_URL") or None


def build_proxy_url(session_id=None, geo=None):
    url = get_proxy_url()
    if url is None:
        raise RuntimeError("No proxy is configured: the variable SWEATPANTS_PROXY_URL is not set for this module.")
    return url.replace("{session}", session_id or "").replace("{geo}", geo or "")


async def proxied_request(
    method, url, *, headers=None, params=None, data=None, json=None,
    timeout=30.0, browser_mode=False, session_id=None, geo=None
):
    """Makes a request through the proxy; the answer is an httpx.Response."""
    proxy = build_proxy_url(session_id, geo)
    try:
        import httpx
    except ImportError:
        raise RuntimeError("proxied_request needs httpx: add the line \"httpx\" to requirements.txt.") from None
    sent = dict(headers or {})
    if browser_mode:
        named = {name.lower() for name in sent}
        sent.update({name: value for name, value in _BROWSER.items() if name.lower() not in named})
    async with httpx.AsyncClient(proxy=proxy, verify=False, follow_redirects=True, timeout=timeout) as client:
        return await client.request(method, url, headers=sent, params=params, data=data, json=json)
