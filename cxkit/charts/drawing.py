"""Draw a Vega-Lite specification as SVG: here, or in a drawing process that serves several notebooks.

vl-convert takes long to start, its engine does not survive a fork, and a chart that is too large ends its process:
one process that never forks draws for all notebooks of a worker (``python drawing.py ADDRESS``, started by `Draughtsman`).
Where its address is not given (``CXKIT_DRAWING``) or it has ended, the chart is drawn here.
"""

import json
import os
import subprocess
import sys
import tempfile
from functools import lru_cache
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

ADDRESS = "CXKIT_DRAWING"
MOST_KEPT = 256
"""Drawings that are kept: a step's report, its pictures and the study's report show the same ones."""
_known_fonts: set[str] = set()


def draw(specification: str, version: str, locale: dict[str, Any], fonts: str) -> str:
    """The SVG of a chart.

    Parameters
    ----------
    specification : Vega-Lite as JSON.
    version : version of Vega-Lite, for instance ``6.1``.
    locale : number format in d3's form.
    fonts : folder of the fonts that the chart uses.
    """
    request = (specification, version, json.dumps(locale, sort_keys=True), fonts)
    address = os.environ.get(ADDRESS)
    if address:
        try:
            with Client(address, family="AF_UNIX") as connection:
                connection.send(request)
                done, answer = connection.recv()
        except (OSError, EOFError):
            return _draw(*request)
        if not done:
            raise ValueError(answer)
        return answer
    return _draw(*request)


@lru_cache(maxsize=MOST_KEPT)
def _draw(specification: str, version: str, locale: str, fonts: str) -> str:
    import vl_convert  # loads an engine: only where charts are drawn

    if fonts not in _known_fonts:
        vl_convert.register_font_directory(fonts)
        _known_fonts.add(fonts)
    return vl_convert.vegalite_to_svg(specification, vl_version=version, format_locale=json.loads(locale), allowed_base_urls=[])


class Draughtsman:
    """The drawing process: it lives until `close` or until this process ends."""

    def __init__(self) -> None:
        from cxkit.scratch import scratch_prefix, socket_place  # not at the top: the file that serves needs vl-convert only

        self._folder = tempfile.TemporaryDirectory(prefix=scratch_prefix(socket_place()), dir=socket_place())
        self.address = str(Path(self._folder.name) / "draw")
        self._start()

    def ensure(self) -> None:
        """Start it again where a chart has ended it."""
        if self._process.poll() is not None:
            Path(self.address).unlink(missing_ok=True)
            self._process.stdin.close()
            self._start()

    def close(self) -> None:
        """End the drawing process."""
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
        self._folder.cleanup()

    def _start(self) -> None:
        # as a file and not as a module of the package: it needs vl-convert only
        self._process = subprocess.Popen([sys.executable, "-P", __file__, self.address], stdin=subprocess.PIPE, start_new_session=True)


def _serve(address: str) -> None:
    import threading

    # standard input closes with the process that started us
    threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
    with Listener(address, family="AF_UNIX", backlog=64) as listener:
        while True:
            with listener.accept() as connection:
                _answer(connection)


def _answer(connection: Connection) -> None:
    try:
        request = connection.recv()
        try:
            answer = True, _draw(*request)
        except ValueError as error:
            answer = False, str(error)
        connection.send(answer)
    except (EOFError, OSError):
        return


if __name__ == "__main__":
    _serve(sys.argv[1])
