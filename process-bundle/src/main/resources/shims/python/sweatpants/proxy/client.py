"""Requests through the proxy that SWEATPANTS_PROXY_URL names: by httpx where the module has it, or by Python alone."""

import os
import sys

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
    if session_id:
        url = os.environ.get("SWEATPANTS_PROXY_ROTATION_URL") or url
    return url.replace("{session}", session_id or "").replace("{geo}", geo or "")


class Response:
    """An answer, as far as httpx's is used everywhere; for modules without httpx."""

    def __init__(self, answer):
        self.status_code = answer.status
        self.headers = answer.headers
        self.url = answer.url
        self.content = answer.read()

    @property
    def text(self):
        return self.content.decode(self.headers.get_content_charset() or "utf-8", "replace")

    @property
    def is_success(self):
        return 200 <= self.status_code < 300

    def json(self):
        import json

        return json.loads(self.content)

    def raise_for_status(self):
        if self.status_code >= 400:
            raise RuntimeError("%s answered with the status %d." % (self.url, self.status_code))
        return self


def _request(proxy, method, url, headers, params, data, json, timeout):
    import ssl
    from urllib import error, parse, request

    if params:
        url += ("&" if "?" in url else "?") + parse.urlencode(params, doseq=True)
    if json is not None:
        from json import dumps

        data = dumps(json).encode("utf-8")
        headers.setdefault("Content-Type", "application/json")
    elif isinstance(data, dict):
        data = parse.urlencode(data, doseq=True).encode("ascii")
    elif isinstance(data, str):
        data = data.encode("utf-8")
    unchecked = ssl.create_default_context()
    unchecked.check_hostname = False
    unchecked.verify_mode = ssl.CERT_NONE
    opener = request.build_opener(
        request.ProxyHandler({"http": proxy, "https": proxy}), request.HTTPSHandler(context=unchecked)
    )
    asked = request.Request(url, data=data, headers=headers, method=method.upper())
    try:
        with opener.open(asked, timeout=timeout) as answer:
            return Response(answer)
    except error.HTTPError as answer:  # an answer as any other, to callers
        return Response(answer)


async def proxied_request(
    method, url, *, headers=None, params=None, data=None, json=None,
    timeout=30.0, browser_mode=False, session_id=None, geo=None
):
    """Makes a request through the proxy; the answer is an httpx.Response, or the like."""
    proxy = build_proxy_url(session_id, geo)
    sent = dict(headers or {})
    if browser_mode:
        named = {name.lower() for name in sent}
        sent.update({name: value for name, value in _BROWSER.items() if name.lower() not in named})
    try:
        import httpx
    except ImportError:
        asked = (proxy, method, url, sent, params, data, json, timeout)
        asyncio = sys.modules.get("asyncio")
        if asyncio is None:  # the module waits for nothing else meanwhile
            return _request(*asked)
        return await asyncio.get_running_loop().run_in_executor(None, _request, *asked)
    async with httpx.AsyncClient(proxy=proxy, verify=False, follow_redirects=True, timeout=timeout) as client:
        return await client.request(method, url, headers=sent, params=params, data=data, json=json)
