"""Write every evidence file: ``python -m data.generator [FOLDER]`` (default: this ``data/`` folder)."""

import sys
from pathlib import Path

from data.generator.hospital import write_hospital
from data.generator.retailer import write_retailer
from data.generator.vendor import write_vendor

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1]
    for write in (write_retailer, write_hospital, write_vendor):
        write(folder)
