"""Hypothesis profiles: the same examples on every run; `--hypothesis-profile=thorough` looks for new ones."""

from hypothesis import HealthCheck, settings

settings.register_profile("default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", deadline=None, max_examples=2_000, print_blob=True)
settings.load_profile("default")
