"""Small things of the older engine."""

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def parse_duration(text):
    """The seconds of a duration such as 30s, 30m, 2h or 7d."""
    text = str(text).strip().lower()
    if text and text[-1] in _SECONDS and text[:-1].isdigit():
        return int(text[:-1]) * _SECONDS[text[-1]]
    raise ValueError("\"%s\" is no duration such as 30s, 30m, 2h or 7d" % text)
