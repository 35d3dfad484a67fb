"""Maps on workers: any executor runs the items of a map, and needs nothing of this package.

A chunk of items travels as bytes, with the source text of the program; its worker keeps the program
under its digest and sends bytes back. Nothing here is imported before a map is given an executor.
"""
