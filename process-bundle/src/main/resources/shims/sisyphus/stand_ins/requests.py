"""A stand-in for the package requests: the server's own documents come through Pawl, other addresses by urllib."""

import json as _json
import urllib.error
import urllib.parse
import urllib.request
from types import SimpleNamespace


class RequestException(IOError):
    """The beginning of the errors of requests."""


class ConnectionError(RequestException):
    """The other side cannot be reached."""


class HTTPError(RequestException):
    """The other side has answered with an error."""


class Timeout(RequestException):
    """The other side has not answered in time."""


exceptions = SimpleNamespace(
    RequestException=RequestException, ConnectionError=ConnectionError, HTTPError=HTTPError, Timeout=Timeout
)


class Response:
    """An answer."""

    def __init__(self, status_code, content, headers=None, url=""):
        self.status_code = status_code
        self.content = content
        self.headers = dict(headers or {})
        self.url = url

    @property
    def ok(self):
        return self.status_code < 400

    @property
    def text(self):
        return self.content.decode("utf-8", "replace")

    def json(self):
        return _json.loads(self.content)

    def raise_for_status(self):
        if not self.ok:
            raise HTTPError("%d for the address %s" % (self.status_code, self.url))


def request(method, url, params=None, data=None, json=None, headers=None, timeout=None, **_others):
    """Makes a request."""
    from app.config import Config

    if params:
        url += ("&" if "?" in url else "?") + urllib.parse.urlencode(params)
    sent = dict(headers or {})
    body = None
    if json is not None:
        body = _json.dumps(json).encode("utf-8")
        sent.setdefault("Content-Type", "application/json")
    elif isinstance(data, dict):
        if url.startswith(Config.API_URL + "/data/"):
            body = _json.dumps(data).encode("utf-8")
        else:
            body = urllib.parse.urlencode(data).encode("utf-8")
    elif data is not None:
        body = data if isinstance(data, bytes) else str(data).encode("utf-8")
    if url.startswith(Config.API_URL + "/data/"):
        return _document(method.upper(), url, body)
    call = urllib.request.Request(url, body, sent, method=method.upper())
    try:
        with urllib.request.urlopen(call, timeout=timeout) as answer:
            return Response(answer.status, answer.read(), answer.headers, url)
    except urllib.error.HTTPError as error:
        return Response(error.code, error.read(), error.headers, url)
    except OSError as error:
        raise ConnectionError(str(error)) from error


def _document(method, url, body):
    import pawl_sisyphus

    status, content = pawl_sisyphus.documents(method, url, body)
    return Response(status, content, url=url)


def get(url, **named):
    return request("GET", url, **named)


def post(url, data=None, json=None, **named):
    return request("POST", url, data=data, json=json, **named)


def put(url, data=None, **named):
    return request("PUT", url, data=data, **named)


def patch(url, data=None, **named):
    return request("PATCH", url, data=data, **named)


def delete(url, **named):
    return request("DELETE", url, **named)
