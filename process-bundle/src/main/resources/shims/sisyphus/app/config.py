"""The configuration of the older worker, as far as modules read it. No pyproject.toml is needed."""

import os
import socket

try:
    from zoneinfo import ZoneInfo

    _ZONE = ZoneInfo(os.environ.get("TZ") or "UTC")
except Exception:
    from datetime import timezone

    _ZONE = timezone.utc


class Config:
    """API_URL names the server; requests to it for /data/ go through Pawl without the network."""

    API_URL = "http://pawl.invalid"
    API_TIMEZONE = _ZONE
    VERSION = "1.5.9"
    HOSTNAME = socket.gethostname()
    HOST_UUID = os.environ.get("PAWL_JOB_ID", "")
    HEARTBEAT_INTERVAL = 5
    QUEUE_POLL_INTERVAL = 10
    NETWORK_RETRY_INTERVAL = 20
    MODULES = {}
