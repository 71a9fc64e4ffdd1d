"""What `formroute diff` tells: to a person, to a program, and in a pull request."""
