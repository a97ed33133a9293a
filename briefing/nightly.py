"""A profile and a slot in; an issue in the store and with its targets out, whatever happens on the way."""
