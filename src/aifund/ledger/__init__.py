"""A ledger keeps every input ever seen, with what was found in it, so that a run reads only what is new."""
