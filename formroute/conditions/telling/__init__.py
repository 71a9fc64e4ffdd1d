"""From conditions and answers to words for people."""
