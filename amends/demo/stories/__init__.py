"""The stories of the demo, after SC-1 … SC-12 of the service model, as far as they can be told yet."""
