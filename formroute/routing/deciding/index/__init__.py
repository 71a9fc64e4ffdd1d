"""Finding the routes that answers meet without walking down all of them."""

from formroute.routing.deciding.index.index import Index
from formroute.routing.deciding.index.look import Known, Look

__all__ = ["Index", "Known", "Look"]
