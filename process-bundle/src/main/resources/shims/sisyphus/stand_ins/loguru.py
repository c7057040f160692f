"""A stand-in for the package loguru: its logger, whose lines are those of the job's log."""

_LEVELS = {"TRACE": "DEBUG", "SUCCESS": "INFO", "CRITICAL": "ERROR", "FATAL": "ERROR", "WARN": "WARNING"}


class _Logger:
    def __init__(self, bound=None, stack=False):
        self._bound = bound or {}
        self._stack = stack

    def log(self, level, message, *given, **named):
        import pawl_sisyphus

        text = str(message)
        if given or named:
            try:
                text = text.format(*given, **named)
            except Exception:
                text = "%s %r" % (text, given or named)
        if self._stack:
            import traceback

            text = text + "\n" + traceback.format_exc()
        name = str(level).upper()
        pawl_sisyphus.log(_LEVELS.get(name, name), text)

    def bind(self, **named):
        return _Logger({**self._bound, **named}, self._stack)

    def opt(self, *_given, exception=None, **_named):
        return _Logger(self._bound, bool(exception))

    def exception(self, message, *given, **named):
        _Logger(self._bound, True).log("ERROR", message, *given, **named)

    def catch(self, function=None, **_named):
        import functools

        def decorate(wrapped):
            @functools.wraps(wrapped)
            def call(*given, **named):
                try:
                    return wrapped(*given, **named)
                except Exception:
                    self.exception("An error has been caught in %s" % wrapped.__name__)

            return call

        return decorate(function) if callable(function) else decorate

    def add(self, *_given, **_named):
        return 1

    def remove(self, *_given):
        """There is one place for lines: the job's log."""

    def configure(self, **_named):
        return []

    def __getattr__(self, name):
        if name in ("trace", "debug", "info", "success", "warning", "error", "critical"):
            return lambda message, *given, **named: self.log(name, message, *given, **named)
        raise AttributeError(name)


logger = _Logger()
