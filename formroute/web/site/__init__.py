"""What every answer of one mounted site shares: languages, seals and headers."""
