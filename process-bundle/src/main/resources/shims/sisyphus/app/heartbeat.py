"""The status of a task: a module may set it with each frame; two a second are sent, and the last one always."""

import _thread
import copy
import time

_EVERY_S = 0.5


class Heartbeat:
    """What the older worker sent to its server every few seconds."""

    def __init__(self):
        self.message = {"status": "startup"}
        self.interval = 5
        self.endpoint = ""
        self.job_id = None
        self.job_title = None
        self._send = None
        self._lock = _thread.allocate_lock()
        self._sent_at = 0.0
        self._pending = False

    def _attach(self, send, job_id, job_title):
        self._send = send
        self.job_id = job_id
        self.job_title = job_title

    def set_data(self, data):
        """Replaces the status by a copy of what is given."""
        with self._lock:
            self.message = copy.deepcopy(dict(data))
            if time.monotonic() - self._sent_at >= _EVERY_S:
                self._report()
            elif not self._pending:
                self._pending = True
                _thread.start_new_thread(self._report_later, ())

    def _report_later(self):
        time.sleep(_EVERY_S)
        self._flush()

    def _flush(self):
        with self._lock:
            if self._pending:
                self._report()

    def _report(self):
        self._pending = False
        self._sent_at = time.monotonic()
        progress = self.message.get("progress")
        info = self.message.get("info")
        if self._send is None or (progress is None and info is None):
            return
        try:
            percent = float(progress or 0)
        except (TypeError, ValueError):
            percent = 0.0
        if percent != percent:
            percent = 0.0
        self._send(min(100.0, max(0.0, percent)), info)

    def set_in_progress(self):
        self.message["status"] = "in_progress"

    def set_idle(self):
        self.message["status"] = "idle"

    def set_startup(self):
        self.message["status"] = "startup"

    def start(self):
        """The server knows that the task runs; there is nothing to start."""

    def stop(self):
        """As with start."""


heartbeat = Heartbeat()
