"""Settings by the older engine's names."""

import os


class Settings:
    """Each setting is the variable SWEATPANTS_<NAME>, read anew; None when it is not set."""

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        value = os.environ.get("SWEATPANTS_" + name.upper())
        work = os.environ.get("PAWL_WORK_DIR", ".")
        if name.endswith("_dir"):
            return __import__("pathlib").Path(value or os.path.join(work, name[:-4]))
        return value


def get_settings():
    return Settings()
