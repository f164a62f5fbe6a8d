"""Run the benches that are named, or all of them: `python -m bench [name …]`."""

import importlib
import pkgutil
import sys

import bench


def main(names: list[str]) -> None:
    """Call ``main()`` of each bench, in the order of their names."""
    for name in names or sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_")):
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
