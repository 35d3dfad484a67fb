"""``python -m hypergraph``: the ``hypergraph`` command."""

from hypergraph.compiler.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
