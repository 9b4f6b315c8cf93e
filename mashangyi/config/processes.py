"""What the operating system is asked for, where it can be asked."""

import ctypes
import signal
import sys

DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
HEAPS = -8  # M_ARENA_MAX


def die_with_parent() -> None:
    """On Linux this process gets SIGTERM when its parent is killed: no server is left holding the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def share_heaps() -> None:
    """Ask glibc for two heaps instead of one a thread: what one page gave back, the next one takes."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(HEAPS, 2)


def allow_many_files() -> int:
    """As many open files (connections) as the machine lets us have; how many that is, 0 when unknown."""
    try:
        import resource
    except ImportError:  # not on this system
        return 0
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65_536 if hard == resource.RLIM_INFINITY else hard
    if soft >= wanted:
        return soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (ValueError, OSError):
        return soft
    return wanted
