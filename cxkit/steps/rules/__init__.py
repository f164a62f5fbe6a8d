"""The review rules: one module a family, one function a rule, registered by id."""

from cxkit.steps.rules import contributors, frozen, heterogeneity, intuition, plan, touchpoints
from cxkit.steps.rules.base import RULES, Finding, Place, Test

__all__ = ["RULES", "Finding", "Place", "Test", "contributors", "frozen", "heterogeneity", "intuition", "plan", "touchpoints"]
