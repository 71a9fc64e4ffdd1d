"""What is shown of every table before it goes live."""
