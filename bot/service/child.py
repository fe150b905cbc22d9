"""Becomes the program that is named after ``--``; run by path, with nothing but the standard library.

    child.py PARENT FD WAIT -- PROGRAM [ARGUMENT…]

``PARENT`` is the process that must live for this one to live, ``FD`` where output goes (``-`` leaves it as it is),
``WAIT`` the seconds of back-off, or the name of an environment variable that holds them. The wait is here, not in
the supervisor, so that a supervisor that is asked to stop meanwhile has nothing special to do.
"""

import ctypes
import os
import signal
import sys
import time

_PR_SET_PDEATHSIG = 1


def die_with(parent: int) -> None:
    """Let the kernel kill this process when ``parent`` is gone, even by ``kill -9``; Linux's ``prctl(2)``."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:  # it died before the call
        sys.exit(1)


def main(arguments: list[str]) -> None:
    """Never returns: the process becomes the program, or exits 127 when there is none."""
    parent, fd, wait, _, *command = arguments
    die_with(int(parent))
    if fd != "-":
        os.dup2(int(fd), 1)
        os.dup2(int(fd), 2)
        os.closerange(3, 256)  # the other programs' log pipes
    time.sleep(float(os.environ.pop(wait, "0") if wait.isidentifier() else wait))
    try:
        os.execvp(command[0], command)  # noqa: S606 (the command is the supervisor's own)
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        sys.exit(127)


if __name__ == "__main__":
    main(sys.argv[1:])
