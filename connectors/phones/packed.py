"""Settings of ODK Collect as the text of a QR code."""

import base64
import json
import zlib
from collections.abc import Mapping


def packed(general: Mapping[str, object], project: str) -> str:
    """Pack settings as Collect reads them: JSON, by zlib, in base64.

    Args:
        general: Collect's own names of settings.
        project: what Collect shows as the project's name.
    """
    told = {"general": dict(general), "admin": {}, "project": {"name": project}}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()
