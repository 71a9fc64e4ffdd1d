"""What tests look at: positions on axes, and exact sets of them."""
