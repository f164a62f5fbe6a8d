"""The ten steps: records and tables in, a new frozen result out. One module a step.

Each module offers ``Parameters`` (what an analyst may choose), ``Result`` and ``compute(given, parameters)``.
"""
