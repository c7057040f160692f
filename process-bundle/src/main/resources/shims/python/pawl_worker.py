"""Runs one task of a Python module: speaks Pawl's protocol on the pipes that were standard input and output.

Nothing is imported here that Python has not loaded anyway, unless it is needed: the start of a task is paid by each of them.
"""

import _frozen_importlib as _bootstrap
import _frozen_importlib_external as _external
import _signal
import _thread
import os
import sys

SHIM = "python 1"
_BUFFER = 32 * 1024


class Cancelled(BaseException):
    """Ends the module's code when the task was stopped."""


class Parked(BaseException):
    """Ends the module's code at a checkpoint from which another run goes on."""


def _codec():
    """The C parts of the module json, without its regular expressions; json itself where they have another shape."""
    try:
        from _json import encode_basestring_ascii, make_encoder, make_scanner

        class Options:
            strict = True
            object_hook = None
            object_pairs_hook = None
            parse_float = float
            parse_int = int
            parse_constant = float
            memo = {}

        scan = make_scanner(Options)
        write = make_encoder(
            {}, _refuse, encode_basestring_ascii, None, ":", ",", False, False, False
        )

        def decode(text):
            return scan(text, 0)[0]

        def encode(value):
            return "".join(write(value, 0))

        if decode(encode({"a": [1, None, "\u00e4"]})) != {"a": [1, None, "\u00e4"]}:
            raise ValueError
        return decode, encode
    except Exception:
        import json

        def encode_plainly(value):
            return json.dumps(value, separators=(",", ":"), allow_nan=False)

        return json.loads, encode_plainly


def _refuse(value):
    raise TypeError(
        "Object of type %s is not JSON serializable" % type(value).__name__
    )


decode, encode = _codec()


def _mend(value):
    """The value with null for numbers that are none, and U+FFFD for halves of characters."""
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {
            _mend(key) if isinstance(key, str) else key: _mend(part)
            for key, part in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_mend(part) for part in value]
    return value


class Channel:
    """The messages to and from the server; safe for many threads."""

    def __init__(self):
        self.source = os.dup(0)
        self.sink = os.dup(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)  # what is printed goes to the log
        self.rest = b""
        self.lock = _thread.allocate_lock()
        self.waiting = {}
        self.buffer = []
        self.buffered = 0
        self.flusher = False
        self.numbers = 0
        self.mended = False
        self.context = None
        self.start = None
        self.started = _thread.allocate_lock()
        self.started.acquire()

    def line(self):
        parts = [self.rest]
        while b"\n" not in parts[-1]:
            part = os.read(self.source, 65536)
            if not part:
                return None
            parts.append(part)
        text, self.rest = b"".join(parts).split(b"\n", 1)
        return decode(text.decode("utf-8"))

    def send(self, message, now=True):
        try:
            text = encode(message)
        except ValueError:
            text = None
        if text is None or "\\ud" in text:
            mended = encode(_mend(message))
            if text is None and not self.mended:
                self.mended = True
                self.send({
                    "type": "log",
                    "level": "WARNING",
                    "message": "A value holds NaN or an infinity, for which JSON has no number; it is null.",
                })
            text = mended
        data = text.encode("ascii") + b"\n"
        with self.lock:
            if now:
                self.flush_locked(data)
                return
            self.buffer.append(data)
            self.buffered += len(data)
            if self.buffered >= _BUFFER:
                self.flush_locked(b"")
            elif not self.flusher:
                self.flusher = True
                _thread.start_new_thread(self.flush_later, ())

    def flush_later(self):
        import time

        time.sleep(0.05)
        with self.lock:
            self.flusher = False
            self.flush_locked(b"")

    def flush_locked(self, last):
        data = b"".join(self.buffer) + last if self.buffer else last
        self.buffer.clear()
        self.buffered = 0
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self.sink, view):]
        except OSError:
            _die()  # nobody listens any more

    def listen(self):
        """The work of the thread that reads."""
        while True:
            try:
                message = self.line()
            except Exception:
                message = None
            context = self.context
            if message is None:
                if context.ended:
                    os._exit(0)
                _die()
            kind = message.get("type")
            if kind == "start":
                self.start = message
                self.started.release()
            else:
                context.take(kind, message)

    def number(self):
        self.numbers += 1
        return str(self.numbers)


def _die():
    """Ends this process with all that it has started."""
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), 9)
    os._exit(1)


class Context:
    """The task as the module sees it; the object that a module's constructor gets."""

    def __init__(self, channel, start):
        self.channel = channel
        self.start = start
        self.job_id = start.get("job", "")
        self.fresh_work_dir = start.get("fresh_work_dir", False)
        self.is_cancelled = False
        self.ended = False
        self.loop = None
        self.loop_task = None
        self.in_module = False
        self.cleanup = _thread.allocate_lock()
        self.cleanup.acquire()
        self.cleans = False

    def cancel(self):
        self.is_cancelled = True

    def take(self, kind, message):
        """Takes a message of the server, on the thread that reads."""
        if kind in ("ack", "data"):
            waiter = self.channel.waiting.pop(message.get("id"), None)
            if waiter is not None:
                waiter(message)
        elif kind == "stop":
            self.is_cancelled = True
            self.proceed()
        elif kind == "cleanup":
            self.cleans = True
            self.proceed()

    def proceed(self):
        """Ends the wait for the request to clean up."""
        if self.cleanup.locked():
            self.cleanup.release()

    def send(self, message, now=True):
        """Sends a message of the module, unless the task is over: a thread that it left may still run."""
        if not self.ended:
            self.channel.send(message, now)

    def terminated(self, *_):
        """SIGTERM: the module had its time to leave by itself."""
        self.is_cancelled = True
        if self.loop is not None:
            self.loop.call_soon_threadsafe(self.loop_task.cancel)
        elif self.in_module:
            raise Cancelled()

    async def ask(self, message):
        if self.ended:
            raise RuntimeError("The task has ended.")
        number = self.channel.number()
        message["id"] = number
        if self.loop is not None:
            loop = self.loop
            future = loop.create_future()

            def settle(answer):
                if not future.done():
                    future.set_result(answer)

            self.channel.waiting[number] = lambda answer: loop.call_soon_threadsafe(settle, answer)
            self.channel.send(message)
            return await future
        answers = []
        lock = _thread.allocate_lock()
        lock.acquire()

        def settle_plainly(answer):
            answers.append(answer)
            lock.release()

        self.channel.waiting[number] = settle_plainly
        self.channel.send(message)
        lock.acquire()
        return answers[0]

    async def log(self, message, level="INFO"):
        self.send({"type": "log", "level": str(level), "message": str(message)})

    async def save_result(self, data):
        self.result(data)

    def result(self, data):
        self.send({"type": "result", "data": data}, self.start.get("results") == "keep")

    async def save_checkpoint(self, values):
        answer = await self.ask({"type": "checkpoint", "values": values})
        if answer.get("park"):
            raise Parked()

    async def progress(self, percent, info):
        self.send({"type": "progress", "percent": percent, "info": info})

    async def data(self, op, name, value=None):
        message = {"type": "data", "op": op, "name": name}
        if op == "put":
            message["value"] = value
        answer = await self.ask(message)
        if answer.get("error"):
            raise ValueError(answer["error"])
        return answer.get("value")


def _load(start):
    """The module's code under its id, and the class in it."""
    folder = start["module_dir"]
    path = os.path.join(folder, start["entrypoint"])
    place = next(
        (i for i, part in enumerate(sys.path) if "site-packages" in part or "dist-packages" in part),
        len(sys.path),
    )
    sys.path.insert(place, os.path.dirname(path))
    if os.path.dirname(path) != folder:
        sys.path.insert(place + 1, folder)
    from sweatpants.sdk.module import Module

    name = start["module"]
    spec = _external.spec_from_file_location(name, path)
    module = _bootstrap.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    for attribute in dir(module):
        found = getattr(module, attribute)
        if (
            isinstance(found, type)
            and issubclass(found, Module)
            and found is not Module
            and not getattr(found, "__abstractmethods__", None)
        ):
            return found
    raise ImportError("%s defines no subclass of Module" % start["entrypoint"])


def _needs_loop(start):
    if "asyncio" in sys.modules:
        return True
    try:
        with open(os.path.join(start["module_dir"], start["entrypoint"]), "rb") as source:
            text = source.read()
            return any(word in text for word in (b"asyncio", b"proxied_request", b"get_browser"))
    except OSError:
        return True


async def _settled(value):
    return await value if hasattr(value, "__await__") else value


async def _run(task, context, start):
    saved = start.get("checkpoint") or {}
    if saved:
        await _settled(task.restore_checkpoint(saved))
    work = task.run(start.get("inputs") or {}, start.get("settings") or {})
    if not hasattr(work, "__aiter__"):
        if hasattr(work, "__await__"):
            work = await work
        await context.log("run is no asynchronous generator; what it returns is taken as results.", "WARNING")
        for data in work if hasattr(work, "__next__") else [work]:
            if context.is_cancelled:
                raise Cancelled()
            if data is not None:
                context.result(data)
        return
    try:
        async for data in work:
            if context.is_cancelled:
                raise Cancelled()
            context.result(data)
    finally:
        await work.aclose()


def _drive(coroutine):
    """Runs a coroutine that waits for nothing but this file, without an event loop."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    coroutine.close()
    raise RuntimeError("The module waits for an event loop and does not import asyncio.")


def _loop(context, coroutine):
    import asyncio

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    main = loop.create_task(coroutine)
    context.loop_task = main
    context.loop = loop
    try:
        try:
            return loop.run_until_complete(main)
        finally:
            left = [task for task in asyncio.all_tasks(loop) if not task.done()]
            if left:
                loop.run_until_complete(asyncio.wait(left, timeout=0 if context.is_cancelled else 5))
                for task in left:
                    task.cancel()
                loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
            loop.run_until_complete(loop.shutdown_asyncgens())
    except asyncio.CancelledError:
        if context.is_cancelled:
            raise Cancelled() from None
        raise RuntimeError("CancelledError: nobody asked the task to end") from None
    finally:
        context.loop = None
        loop.close()


def _phase(context, coroutine, loop):
    context.in_module = True
    try:
        return _loop(context, coroutine) if loop else _drive(coroutine)
    finally:
        context.in_module = False


def _failed(channel, phase, error):
    import traceback

    stack = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    message = "%s: %s" % (type(error).__name__, error)
    if isinstance(error, SystemExit):
        message = "The module called sys.exit(%r)" % (error.code,)
    elif isinstance(error, ModuleNotFoundError):
        message += "; when it is a package, name it in the module's requirements.txt"
    channel.send({"type": "failed", "phase": phase, "message": message, "stack": stack})


def _end(context, code):
    """Leaves without waiting for threads of the module."""
    context.ended = True
    import atexit

    try:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        pass
    os._exit(code)


def _attempt(context, phase, work):
    """Whether a phase went well; says so to the server when not."""
    channel = context.channel
    try:
        work()
        return True
    except Parked:
        _end(context, 0)
    except Cancelled as error:
        channel.send({"type": "failed", "phase": phase, "message": "It was asked to end."})
    except SystemExit as error:
        if not error.code:
            channel.send({
                "type": "log",
                "level": "WARNING",
                "message": "The module called sys.exit(); the phase %s counts as done." % phase,
            })
            return True
        _failed(channel, phase, error)
    except BaseException as error:
        _failed(channel, phase, error)
    return False


def _settle_in(start, former):
    """Makes this process that of a task: its folder, its variables."""
    if not start.get("reuse"):
        return
    for name in former:
        os.environ.pop(name, None)
    os.environ.update(start.get("environment") or {})
    os.chdir(start["work_dir"])
    if "tempfile" in sys.modules:
        sys.modules["tempfile"].tempdir = None


def _left():
    """What a task left in this process, for which it is not to have another one; empty when it is clean."""
    threading = sys.modules.get("threading")
    threads = [t.name for t in threading.enumerate() if t is not threading.main_thread()] if threading else []
    if threads:
        return "the threads " + ", ".join(threads)
    try:
        os.waitpid(-1, os.WNOHANG)
        return "processes that it had started"
    except ChildProcessError:
        return ""


def _rest(channel, context, start):
    """Waits for the next task; ends this process when it is not fit for one."""
    left = _left()
    if left:
        message = "The task left %s; the next one has another process." % left
        channel.send({"type": "log", "level": "WARNING", "message": message})
    os.chdir(start["module_dir"])
    sys.stdout.flush()
    sys.stderr.flush()
    context.ended = True
    channel.waiting.clear()
    if left:
        return None
    os.write(2, b"\x1estays\n")
    return context


def _serve(channel, start, loaded):
    """Goes through the phases of a task; whether the last of them went well, which is still to be said, and whether all did."""
    context = channel.context
    phase = start.get("next", "run")
    made = []

    older_worker = start.get("runtime") == "sisyphus"

    def load():
        if older_worker:
            shims = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
            sys.path.insert(0, os.path.join(shims, "sisyphus"))
            import pawl_sisyphus

            context.in_module = True  # a stop ends it here too
            made.append(pawl_sisyphus.load(context, start, _drive))
            context.in_module = False
            return
        if not loaded:
            loaded.append(_load(start))
        made.append(loaded[0](context))

    good = _attempt(context, phase, load)
    if not good:
        return False, False
    task = made[0]
    loop = not older_worker and _needs_loop(start)
    inputs, settings = start.get("inputs") or {}, start.get("settings") or {}
    if phase == "validate":
        good = _attempt(context, phase, lambda: _phase(context, _settled(task.validate(inputs, settings)), loop))
    elif phase == "run":
        work = task.work() if older_worker else _run(task, context, start)
        good = _attempt(context, phase, lambda: _phase(context, work, loop))
    if phase == "cleanup" or (phase == "run" and start.get("cleanup")):
        if phase == "run":
            if good:
                channel.send({"type": "done"})
            context.cleanup.acquire()
            if not context.cleans:
                return False, False  # the task was asked to end; another process cleans up
        cleaned = _attempt(context, "cleanup", lambda: _phase(context, _settled(task.cleanup()), loop))
        return cleaned, cleaned and good
    return good, good


def main():
    channel = Channel()
    sys.stdout.reconfigure(line_buffering=True)
    start = channel.line()
    if start is None:
        os._exit(1)
    channel.context = Context(channel, start)
    _signal.signal(_signal.SIGTERM, lambda *_: channel.context.terminated())
    _thread.start_new_thread(channel.listen, ())
    loaded = []
    variables = ()
    while True:
        channel.send({"type": "ready", "protocol": 1, "shim": SHIM})
        _settle_in(start, variables)
        variables = start.get("environment") or ()
        last, good = _serve(channel, start, loaded)
        context = channel.context
        rests = good and start.get("reuse") and not context.is_cancelled and _rest(channel, context, start)
        if last:
            channel.send({"type": "valid" if start.get("next") == "validate" else "done"})
        if not rests:
            _end(context, 0)
        channel.started.acquire()
        start = channel.start
        channel.context = Context(channel, start)


main()
