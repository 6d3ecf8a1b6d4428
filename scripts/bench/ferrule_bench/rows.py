# SPDX-License-Identifier: GPL-2.0
"""From samples to rows: what it costs here, there, the ratio, and how sure that is."""

import statistics


def spread(values):
    """Return the distance between the quartiles."""
    ordered = sorted(values)
    return ordered[3 * len(ordered) // 4] - ordered[len(ordered) // 4]


def typical(row, values):
    """Return the value of a row.

    What sleeps has additions of the idle kernel's own, never less: its least counts.
    """
    least = row.startswith(("SLEEP:", "BIND:"))
    return min(values) if least else statistics.median(values)


def make(samples):
    """Return the rows of samples, in their order."""
    empty = samples.get("MICRO:NOTHING", {})
    rows = []
    for row, sides in samples.items():
        if row == "MICRO:NOTHING":
            continue
        ours, theirs = (typical(row, sides[side]) for side in ("ours", "theirs"))
        if row.startswith("MICRO:"):
            # The loop around the operation, and the call of it.
            ours -= statistics.median(empty["ours"])
            theirs -= statistics.median(empty["theirs"])
        rows.append({"row": row, "ours": round(ours, 2), "theirs": round(theirs, 2),
                     "ratio": round(ours / theirs, 4),
                     "spread": round(max(spread(sides["ours"]), spread(sides["theirs"])), 2)})
    return rows


def show(title, unit, rows, theirs="by hand"):
    """Print rows as a table."""
    print(f"\n{title}\n{'':34}{'ours':>12}{theirs:>12}{'ratio':>9}{'spread':>10}  {unit}")
    for row in rows:
        print(f"{row['row']:34}{row['ours']:12.1f}{row['theirs']:12.1f}"
              f"{row['ratio']:9.4f}{row['spread']:10.1f}")
