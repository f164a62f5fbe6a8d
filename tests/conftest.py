"""All tests: texts are read by the engine that needs no transformer, unless a test names another or CXKIT_ENGINE is set."""

import os

os.environ.setdefault("CXKIT_ENGINE", "words")
