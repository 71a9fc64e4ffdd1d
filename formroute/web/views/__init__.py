"""What answers an address that people visit."""
