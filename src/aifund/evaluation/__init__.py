"""How right an output set is, measured against what careful readers found in the same articles."""
