"""In a forked process: become an ordinary kernel with sockets, as ``python -m ipykernel_launcher`` would."""

import os
import signal
from multiprocessing.connection import Connection
from typing import Any

from ipykernel.kernelapp import IPKernelApp


def serve(connection: Connection, request: dict[str, Any]) -> None:
    """Tell our process id, then serve as a kernel until it is shut down."""
    connection.send(os.getpid())
    # ipykernel ends where its parent is no longer this process
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    signal.signal(signal.SIGINT, signal.default_int_handler)
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(request["arguments"])
    app.start()
    os._exit(0)
