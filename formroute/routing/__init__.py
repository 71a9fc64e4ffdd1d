"""Who gets a submission, by when, and why."""
