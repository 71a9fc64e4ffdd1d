"""Finding the routes that answers meet without walking down all of them."""

from formroute.routing.index.index import Index

__all__ = ["Index"]
