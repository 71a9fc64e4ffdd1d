"""From what authors write to conditions, or to every problem in it."""
