# SPDX-License-Identifier: GPL-2.0
"""Plots of the results, by gnuplot, as SVG."""

import subprocess

HEAD = """set terminal svg size 900,{height} dynamic background rgb 'white' font 'sans,12'
set output '{path}'
set title "{title}" noenhanced
set border 3 lc rgb '#808080'
set tics nomirror
set grid lc rgb '#d0d0d0' lt 1
$data << END
{data}
END
"""

GOOD, EVEN, BAD = 0x2a9d5c, 0x808080, 0xd1662a
NOISE = 0.005


def _run(text):
    subprocess.run(["gnuplot", "-"], input=text, text=True, check=True)


def _colour(ratio, more_is_better):
    gain = ratio - 1 if more_is_better else 1 - ratio
    if abs(gain) <= NOISE:
        return EVEN
    return GOOD if gain > 0 else BAD


def ratios(path, title, rows, more_is_better=False):
    """Draw each row's ratio as its distance from 1: a line for each, with its name."""
    data = "\n".join(f'"{row["row"]}" {row["ratio"]} {_colour(row["ratio"], more_is_better)}'
                     for row in rows)
    _run(HEAD.format(path=path, title=title, data=data, height=110 + 19 * len(rows)) + f"""
set yrange [{len(rows) - 0.4}:-0.6]
set ytics noenhanced
set grid noytics
set xlabel 'ours / theirs, {"more" if more_is_better else "less"} is better'
set offsets graph 0.05, graph 0.08, 0, 0
set arrow from 1, graph 0 to 1, graph 1 nohead lc rgb '#404040'
unset key
plot $data using (1):0:($2 - 1):(0):3 with vectors nohead lw 7 lc rgb variable, \\
     $data using 2:0:3:ytic(1) with points pt 7 ps 0.7 lc rgb variable
""")


def growth(path, title, of_what, rows):
    """Draw ours and theirs over the number that a row's name ends with."""
    data = "\n".join(f'{row["row"].split(":")[1]} {row["ours"]} {row["theirs"]}' for row in rows)
    log = "set logscale xy\nset format y '10^{%L}'" if rows[-1]["ours"] > 10 * rows[0]["ours"] \
        else "set logscale x\nset yrange [0:*]"
    ticks = ", ".join(row["row"].split(":")[1] for row in rows)
    _run(HEAD.format(path=path, title=title, data=data, height=420) + f"""
{log}
set offsets 0, 0, graph 0.1, 0
set xtics ({ticks})
set xlabel '{of_what}'
set ylabel 'instructions'
set key bottom right
plot $data using 1:3 with linespoints pt 6 ps 1.2 lw 2 lc rgb '#d1662a' title 'by hand', \\
     $data using 1:2 with linespoints pt 7 ps 0.7 lw 2 lc rgb '#2a6fb0' title 'ours'
""")
