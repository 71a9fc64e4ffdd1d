"""Pictures as cameras and phones send them: told to be whole, and freed of what was written beside the picture.

Nothing is decoded: a picture keeps its very pixels, and one that would unfold to gigabytes costs nothing here.
"""

from formroute.pictures.picture import MOST_PIXELS, DamagedError, HugeError
from formroute.pictures.strip import PICTURES, bare

__all__ = ["MOST_PIXELS", "PICTURES", "DamagedError", "HugeError", "bare"]
