"""Finding the routes that answers meet without walking down all of them."""

from formroute.routing.index.index import Index
from formroute.routing.index.look import Known, Look

__all__ = ["Index", "Known", "Look"]
