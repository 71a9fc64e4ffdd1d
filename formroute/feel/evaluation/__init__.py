"""Trees to Python closures: what each node does when it is evaluated."""
