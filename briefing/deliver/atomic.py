"""Paths and bytes in, files out that are seen whole or not at all. Contains no business logic."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

Files = Sequence[tuple[str, bytes]]  # name below the folder, content

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_NO_SYNC = {errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP}
NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.ENOTSUP, errno.EINVAL}


def sync(folder: Path) -> None:
    """What the folder lists stays so after a power cut, as far as the file system knows how."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as e:
        if e.errno not in _NO_SYNC:  # some network file systems cannot sync a folder
            raise
    finally:
        os.close(handle)


def put(path: Path, data: bytes, tmp: Path) -> bool:
    """Write a file by way of ``tmp`` beside it; False where it is there with these bytes."""
    if holds(path, data):
        return False
    _write(tmp, data)
    tmp.replace(path)
    sync(path.parent)
    return True


def put_tree(folder: Path, files: Files) -> None:
    """Write files into a new folder and sync them, down to the folder itself."""
    folder.mkdir()
    folders = {folder}
    for name, data in files:
        path = folder / _safe(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, data)
        folders |= {p for p in path.parents if p.is_relative_to(folder)}
    for inner in sorted(folders, key=lambda p: -len(p.parts)):
        sync(inner)


def same_tree(folder: Path, files: Files) -> bool:
    """Whether the folder has these files, these bytes, and nothing else."""
    if not folder.is_dir():
        return False
    found = {str(PurePosixPath(p.relative_to(folder))) for p in folder.rglob("*") if not p.is_dir()}
    return found == {name for name, _ in files} and all(holds(folder / name, data) for name, data in files)


def swap_in(new: Path, folder: Path) -> None:
    """Give the folder the content of ``new`` in one step; what it had goes with ``new``."""
    if not folder.exists():
        new.rename(folder)
    elif exchange(new, folder):
        remove(new)
    else:
        _file_by_file(new, folder)
    sync(folder.parent)


def exchange(a: Path, b: Path) -> bool:
    """Two paths change places in one step; False where system or file system cannot."""
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    call = getattr(libc, "renameat2", None)
    if call is None:
        return False
    done = call(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), ctypes.c_uint(_RENAME_EXCHANGE))
    if done == 0:
        return True
    code = ctypes.get_errno()
    if code in NO_LINKS:
        return False
    raise OSError(code, os.strerror(code), str(b))


def point(link: Path, name: str, tmp: Path) -> None:
    """A relative link to ``name``, changed in one step. Raises OSError where links are impossible."""
    if link.is_symlink() and str(link.readlink()) == name:
        return
    tmp.unlink(missing_ok=True)
    tmp.symlink_to(name, target_is_directory=True)
    tmp.replace(link)
    sync(link.parent)


def remove(path: Path) -> None:
    """A file, link or whole folder; nothing where there is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def holds(path: Path, data: bytes) -> bool:
    """Whether a file is there with just these bytes."""
    try:
        return not path.is_symlink() and path.stat().st_size == len(data) and path.read_bytes() == data
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _safe(name: str) -> str:
    """A name from the store never leads out of the folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise ValueError(f"{name!r} is no name of a file below a folder")
    return name


def _file_by_file(new: Path, folder: Path) -> None:
    """Where folders cannot change places: each file is whole at any moment, the set for a moment mixed."""
    names = {p.relative_to(new) for p in new.rglob("*") if not p.is_dir()}
    for name in sorted(names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (new / name).replace(folder / name)
    for path in sorted(p for p in folder.rglob("*") if not p.is_dir() and p.relative_to(folder) not in names):
        path.unlink()
    remove(new)
    sync(folder)
