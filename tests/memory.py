"""A place in memory for the files of tests: a disk makes each commit wait, and no test cuts the power."""

import os
import shutil
from pathlib import Path

_SHARED = Path("/dev/shm")
_ROOM = 2 * 1024**3


def memory() -> Path | None:
    """Where files can be kept and programs started in memory; None where there is no such place, or little room."""
    if not _SHARED.is_dir() or os.statvfs(_SHARED).f_flag & os.ST_NOEXEC:
        return None
    return _SHARED if shutil.disk_usage(_SHARED).free > _ROOM else None
