"""Statistics of the method: pure functions on numbers, exact to the method's definitions, without any input or output.

Modules are named after what they estimate (shares, scores, kano, priority, markov, ...). An empty base gives ``None``,
never a division by zero; every random draw takes a seed.
"""
