"""How fast is it, how large, does it hold? `make bench` measures a desk that it fills itself."""
