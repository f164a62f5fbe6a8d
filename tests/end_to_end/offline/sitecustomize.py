"""On the path of a process under test: whoever tries to reach another machine is written into the file OFFLINE_LOG names, and refused."""

import os
import socket

_connect = socket.socket.connect


def _local(address: object) -> bool:
    return isinstance(address, str | bytes) or address[0] in ("127.0.0.1", "::1", "localhost")


def connect(self: socket.socket, address: object) -> None:
    """The connection, to this machine only."""
    if not _local(address):
        with open(os.environ["OFFLINE_LOG"], "a", encoding="utf-8") as log:
            log.write(f"{address}\n")
        raise OSError("no network")
    _connect(self, address)


socket.socket.connect = connect
