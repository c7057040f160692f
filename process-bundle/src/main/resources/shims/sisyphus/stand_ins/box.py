"""A stand-in for the package python-box, for modules whose environment does not have it."""


class BoxError(Exception):
    """The beginning of the names of its errors."""


class BoxKeyError(BoxError, KeyError, AttributeError):
    """A value that is not there."""


def _boxed(value):
    if isinstance(value, dict) and not isinstance(value, Box):
        return Box(value)
    if isinstance(value, (list, tuple)) and not isinstance(value, BoxList):
        return BoxList(value)
    return value


class Box(dict):
    """A dict whose values are attributes too, at any depth."""

    def __init__(self, *given, **named):
        super().__init__()
        self.update(*given, **named)

    def __setitem__(self, key, value):
        super().__setitem__(key, _boxed(value))

    def __getitem__(self, key):
        try:
            return super().__getitem__(key)
        except KeyError:
            raise BoxKeyError(str(key)) from None

    def __getattr__(self, name):
        try:
            return super().__getitem__(name)
        except KeyError:
            raise BoxKeyError("'Box' object has no attribute %r" % name) from None

    def __setattr__(self, name, value):
        self[name] = value

    def __delattr__(self, name):
        try:
            del self[name]
        except KeyError:
            raise BoxKeyError(name) from None

    def update(self, *given, **named):
        for key, value in dict(*given, **named).items():
            self[key] = value

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def copy(self):
        return Box(self)

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        joined = Box(self)
        joined.update(other)
        return joined

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        joined = Box(other)
        joined.update(self)
        return joined

    def __ior__(self, other):
        self.update(other)
        return self

    def to_dict(self):
        return {key: _plain(value) for key, value in self.items()}

    def __deepcopy__(self, memo):
        import copy

        return Box({key: copy.deepcopy(value, memo) for key, value in self.items()})


class BoxList(list):
    """A list whose dicts are boxes."""

    def __init__(self, given=()):
        super().__init__(_boxed(value) for value in given)

    def append(self, value):
        super().append(_boxed(value))

    def extend(self, values):
        super().extend(_boxed(value) for value in values)

    def insert(self, at, value):
        super().insert(at, _boxed(value))

    def __setitem__(self, at, value):
        super().__setitem__(at, [_boxed(part) for part in value] if isinstance(at, slice) else _boxed(value))

    def to_list(self):
        return [_plain(value) for value in self]


def _plain(value):
    if isinstance(value, Box):
        return value.to_dict()
    return value.to_list() if isinstance(value, BoxList) else value
