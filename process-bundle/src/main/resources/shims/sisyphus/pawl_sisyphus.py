"""Runs a module of the older worker: its class is made, validated, run and cleaned up as one object of one process."""

import importlib
import os
import sys

_context = None
_drive = None


def log(level, text):
    """Adds a line to the job's log."""
    _context.channel.send({"type": "log", "level": level, "message": text})


def data(op, name, value=None):
    """Reads or changes a document of the module."""
    return _drive(_context.data(op, name, value))


def module():
    """The id of the module, which is the first part of the addresses of its documents."""
    return _context.start.get("module")


class Task:
    """The module's object, with the methods that the worker calls."""

    def __init__(self, made):
        self.made = made

    def validate(self, _inputs, _settings):
        self.made.validate()

    async def work(self):
        self.made.validate()  # the process that validated before has ended; run uses what validate loads
        self.made.set_start_time()
        self.made.run()
        _heartbeat()._flush()

    def cleanup(self):
        self.made.cleanup()
        _heartbeat()._flush()


def _heartbeat():
    from app.heartbeat import heartbeat

    return heartbeat


def _report(percent, info):
    message = {"type": "progress", "percent": percent}
    if info is not None:
        message["info"] = info
    try:
        _context.channel.send(message)
    except TypeError:
        _context.channel.send({"type": "progress", "percent": percent, "info": str(info)})


def _join(name, own, folder):
    """The package of that name, whose parts are ours and then the author's."""
    package = importlib.import_module(name)
    package.__path__ = [os.path.join(own, name), os.path.join(folder, name)]
    return package


def _take_lines():
    """Lines of the logging libraries get their level; what else is written to standard error is INFO."""
    loguru = sys.modules.get("loguru")
    if loguru is not None and hasattr(loguru, "__version__"):
        loguru.logger.remove()
        loguru.logger.add(lambda line: log(line.record["level"].name, line.record["message"]), format="{message}")
    logging = sys.modules.get("logging")
    if logging is not None and not logging.getLogger().handlers:

        class Lines(logging.Handler):
            def emit(self, record):
                log(record.levelname, self.format(record))

        logging.getLogger().addHandler(Lines())


def documents(method, url, body):
    """The answer to a request for a document of the module: its status and its body."""
    import json
    from urllib.parse import unquote, urlsplit

    of, _slash, name = urlsplit(url).path.split("/data/", 1)[1].partition("/")
    if of != module():
        return 404, json.dumps({"detail": "A module reaches its own documents alone, not those of %s." % of}).encode()
    name = unquote(name)
    if method == "GET":
        value = data("get", name)
        return (404, b"{}") if value is None else (200, json.dumps({**value, "name": name}).encode("utf-8"))
    if method in ("POST", "PUT"):
        data("put", name, json.loads(body or b"{}"))
        return 204, b""
    if method == "DELETE":
        return (204 if data("delete", name) else 404), b""
    return 405, b""


def _reach_documents():
    """Lets the package requests, where it is installed, reach the module's documents without the network."""
    requests = sys.modules.get("requests")
    if requests is None or not hasattr(requests, "sessions"):
        return
    from app.config import Config

    class Adapter(requests.adapters.BaseAdapter):
        def send(self, request, **_options):
            answer = requests.Response()
            answer.status_code, answer._content = documents(request.method, request.url, request.body)
            answer.url, answer.request = request.url, request
            return answer

        def close(self):
            """Nothing is open."""

    usual = requests.sessions.Session.get_adapter

    def get_adapter(session, url):
        return Adapter() if url.startswith(Config.API_URL + "/data/") else usual(session, url)

    requests.sessions.Session.get_adapter = get_adapter


def load(context, start, drive):
    """Imports the class that the entry point names and makes the task's object."""
    global _context, _drive
    _context, _drive = context, drive
    own = os.path.dirname(os.path.abspath(__file__))
    folder = start["module_dir"]
    sys.path.append(os.path.join(own, "stand_ins"))  # behind the packages that are installed
    app = _join("app", own, folder)
    modules = _join("modules", own, folder)
    base = importlib.import_module("modules.base")
    app.modules = modules
    sys.modules["app.modules"] = modules
    sys.modules["app.modules.base"] = base
    sys.path.insert(1, folder)
    from app.config import Config

    Config.HOST_UUID = str(start.get("job", ""))
    heartbeat = _heartbeat()
    heartbeat._attach(_report, start.get("job"), None)
    module, _dot, name = start["entrypoint"].rpartition(".")
    found = getattr(importlib.import_module(module), name, None)
    if not (isinstance(found, type) and issubclass(found, base.BaseModule)):
        raise ImportError("%s is no class that extends BaseModule" % start["entrypoint"])
    _take_lines()
    _reach_documents()
    return Task(found(task=start.get("inputs") or {}))
