"""A warm parent: one process that has imported the libraries once and forks a process for each notebook or kernel.

The parent stays forkable: one thread, no open database, nothing of vl-convert or Typst used. Linux only: elsewhere
forking a process that has loaded these libraries is not safe, and the ordinary kernel serves.
"""

from cxkit.runner.warm.owner import WarmParent, can_fork

__all__ = ["WarmParent", "can_fork"]
