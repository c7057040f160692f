"""A browser of its own for each use; playwright is needed for it."""


class _Session:
    def __init__(self, geo, use_proxy):
        self._geo = geo
        self._use_proxy = use_proxy

    async def __aenter__(self):
        options = {}
        if self._use_proxy:
            from ..proxy.client import build_proxy_url

            options["proxy"] = {"server": build_proxy_url(geo=self._geo)}
        try:
            from playwright.async_api import async_playwright
        except ImportError:
            raise RuntimeError("get_browser needs playwright: add the line \"playwright\" to requirements.txt.") from None
        self._playwright = await async_playwright().start()
        self._browser = await self._playwright.chromium.launch(**options)
        return await self._browser.new_context(viewport={"width": 1920, "height": 1080})

    async def __aexit__(self, *_):
        await self._browser.close()
        await self._playwright.stop()


def get_browser(geo=None, use_proxy=True):
    """A browser context, to be used with ``async with``."""
    return _Session(geo, use_proxy)


async def shutdown_pool():
    """Nothing is shared here, so that there is nothing to shut down."""
