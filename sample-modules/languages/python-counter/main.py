"""Counts to a number, one result a step; carries on where it stopped."""

import asyncio

from sweatpants import Module


class Counter(Module):
    async def run(self, inputs, settings):
        for n in range(self.get_checkpoint("counted", 0) + 1, inputs["to"] + 1):
            await asyncio.sleep(inputs["pause"])
            yield {"n": n}
            await self.save_checkpoint(counted=n)  # the server may stop, move or resume the job here
            await self.progress(100 * n / inputs["to"])
