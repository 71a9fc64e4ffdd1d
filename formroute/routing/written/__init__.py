"""What authors write about routes, departments and calendars, in YAML and as CSV."""
