"""The command line: ``cxkit new``, ``check``, ``run``, ``batch``, ``review``, ``diff``, ``verify``, ``lab``, ``mask``, ``map``, ``paths``."""

import sys


def main() -> None:
    """Run a command; signals are heard before anything else is imported."""
    from cxkit.cli.interruption import Interruption, listen

    listen()
    try:
        from cxkit.cli.commands import call

        call()
    except Interruption as interruption:
        from cxkit.cli.speak import say_faults
        from cxkit.errors import CxError, fault

        say_faults(CxError(fault("CX-E286")))
        sys.exit(128 + interruption.number)
