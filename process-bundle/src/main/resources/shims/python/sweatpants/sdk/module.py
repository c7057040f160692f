"""The base class of modules."""


class Module:
    """A kind of work. A subclass defines ``run`` as an asynchronous generator, whose values are the results."""

    def __init__(self, context):
        self._context = context
        self._checkpoint = {}

    @property
    def job_id(self):
        return self._context.job_id

    @property
    def is_cancelled(self):
        return self._context.is_cancelled

    async def log(self, message, level="INFO"):
        """Adds a line to the job's log."""
        await self._context.log(message, level)

    async def save_checkpoint(self, **values):
        """Merges the values into the checkpoint; returns when the whole is on disk."""
        self._checkpoint.update(values)
        await self._context.save_checkpoint(self._checkpoint)

    def get_checkpoint(self, key, default=None):
        return self._checkpoint.get(key, default)

    def restore_checkpoint(self, checkpoint):
        self._checkpoint = dict(checkpoint)

    async def send_signed_callback(self, url, payload, secret=None, *, issuer="sweatpants", user_id=None):
        """Posts the payload, signed when there is a secret; whether the other side took it. Never raises."""
        from .callback import send_signed_callback

        return await send_signed_callback(url, payload, secret, issuer=issuer, user_id=user_id)

    async def progress(self, percent, **info):
        """Reports progress, 0 to 100; not in the older engine."""
        await self._context.progress(percent, info)

    async def get_data(self, name):
        """A document of the module, or None; not in the older engine."""
        return await self._context.data("get", name)

    async def put_data(self, name, value):
        """Stores a document of the module; not in the older engine."""
        await self._context.data("put", name, value)

    def validate(self, inputs, settings):
        """Checks the inputs before any task of the job runs, when the manifest names the phase; not in the older engine."""

    async def run(self, inputs, settings):
        raise NotImplementedError("A module defines run(self, inputs, settings).")
        yield {}

    def cleanup(self):
        """Called after each run when the manifest names the phase; not in the older engine."""
