"""The command line: ``cxkit new``, ``check``, ``run``, ``batch``, ``review``, ``diff``, ``verify``, ``lab``, ``mask``, ``map``, ``paths``."""

from cxkit.cli.main import main

__all__ = ["main"]
