"""What answers a question can have, and answers made to order."""
