"""An unfinished form: what is asked at once, what is posted, and what of it the draft keeps."""
