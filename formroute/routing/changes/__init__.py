"""What an edit of routes, forms or calendars changes."""
