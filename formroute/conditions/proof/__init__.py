"""The search for one submission that meets a condition, or the proof that there is none."""
