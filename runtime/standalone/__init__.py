"""The runtime of standalone files: what one program needs, short enough to be read with it."""
