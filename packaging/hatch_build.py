"""Build hook: a wheel and an sdist carry the compiled translations, which the repository does not."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TranslationsHook(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name == "wheel" and version == "editable":
            return
        # Beside this file; the build does not put it on the path.
        spec = importlib.util.spec_from_file_location(
            "translations", Path(__file__).with_name("translations.py")
        )
        assert spec is not None
        assert spec.loader is not None
        translations = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(translations)
        translations.release()
