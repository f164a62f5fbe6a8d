"""Ctrl-C and requests to end: one line instead of a traceback, after all that was started has ended."""

import signal


class Interruption(BaseException):
    """Ctrl-C or a request to end; ``number`` is the signal's."""

    def __init__(self, number: int):
        super().__init__(number)
        self.number = number


def listen() -> None:
    """Raise `Interruption` at the first signal; the next ones wait, since what was started ends first.

    Signals that whoever started us has us ignore stay ignored: a job in the background does not end with Ctrl-C.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupted)


def _interrupted(number: int, frame: object) -> None:
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)
    raise Interruption(number)
