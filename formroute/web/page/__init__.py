"""From a form and a draft to a page: planned and pressed beforehand, then filled and drawn."""
