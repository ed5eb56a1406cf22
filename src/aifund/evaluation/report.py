"""The measurement as text: the table of slots, and before it each error where they are wanted."""

from __future__ import annotations

from aifund.evaluation.tally import Tally


def render(tally: Tally, *, errors: bool = False) -> str:
    """The table of a measurement, with precision, recall, F1 and counts by slot and the figures over all slots."""
    lines = [*tally.errors] if errors else []
    lines.append(f"{'slot':10} {'P':>6} {'R':>6} {'F1':>6} {'tp':>5} {'fp':>5} {'fn':>5}")
    for slot, row in tally.rows.items():
        rates = f"{row.precision:6.3f} {row.recall:6.3f} {row.f1:6.3f}"
        lines.append(f"{slot:10} {rates} {row.tp:5d} {row.fp:5d} {row.fn:5d}")
    lines.append(
        f"micro F1 {tally.micro_f1:.3f}   macro F1 {tally.macro_f1:.3f}   "
        f"record exact {tally.record_exact:.3f} ({tally.exact}/{tally.events})"
    )
    return "\n".join(lines) + "\n"
