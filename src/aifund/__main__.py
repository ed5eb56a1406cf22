"""`python -m aifund`: the command line."""

from aifund.cli import main

if __name__ == "__main__":
    main()
