"""The commands, a module for each group: they parse arguments and call one verb; `aifund.cli` puts them together."""
