"""Compiled tables, where a submission goes by them, and why."""
