"""Whether the fonts of this machine have the characters of a picture."""

from __future__ import annotations

import re
import shutil
import subprocess

_LETTERS = {
    "zh-cn": ("Chinese", re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")),
    "ja": ("Japanese", re.compile("[\u3040-\u30ff]")),
    "ko": ("Korean", re.compile("[\uac00-\ud7a3]")),
    "ar": ("Arabic", re.compile("[\u0600-\u06ff]")),
}


def font_warnings(text: str) -> list[str]:
    """What to tell the user of a text that is drawn with this machine's fonts; fontconfig's ``fc-list`` is asked."""
    wanted = {code: name for code, (name, letters) in _LETTERS.items() if letters.search(text)}
    asker = shutil.which("fc-list")
    if wanted and not asker:
        return [f"the picture has {' and '.join(wanted.values())} characters; no fc-list here says if a font has them"]
    missing = [name for code, name in wanted.items() if asker and not _has(asker, code)]
    if not missing:
        return []
    return [
        f"no font here has {' or '.join(missing)} characters, they are drawn as boxes; install Noto Sans CJK or alike"
    ]


def _has(asker: str, language: str) -> bool:
    done = subprocess.run([asker, f":lang={language}", "family"], capture_output=True, text=True, check=False)
    return bool(done.stdout.strip())
