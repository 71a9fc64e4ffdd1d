"""formroute: forms and routes written in YAML, as validated web forms and proved routing."""
