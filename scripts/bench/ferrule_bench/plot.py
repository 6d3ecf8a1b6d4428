# SPDX-License-Identifier: GPL-2.0
"""Plots of the results, by gnuplot, as SVG."""

import subprocess

HEAD = """set terminal svg size 900,480 dynamic background rgb 'white'
set output '{path}'
set title '{title}' noenhanced
set grid
set key top left
$data << END
{data}
END
"""


def _run(text):
    subprocess.run(["gnuplot", "-"], input=text, text=True, check=True)


def ratios(path, title, rows):
    """Draw each row's ratio as a point, by name."""
    data = "\n".join(f'"{row["row"]}" {row["ratio"]}' for row in rows)
    _run(HEAD.format(path=path, title=title, data=data) + """
set xtics rotate by -60 noenhanced font ',9'
set ylabel 'ours / by hand'
unset key
plot 1 with lines lc rgb 'gray', $data using 0:2:xtic(1) with points pt 7
""")


def growth(path, title, rows):
    """Draw ours and theirs over the number that a row's name ends with."""
    data = "\n".join(f'{row["row"].split(":")[1]} {row["ours"]} {row["theirs"]}' for row in rows)
    _run(HEAD.format(path=path, title=title, data=data) + """
set logscale x 2
set yrange [0:]
set ylabel 'instructions'
plot $data using 1:2 with linespoints title 'ours', \\
     $data using 1:3 with linespoints title 'by hand'
""")
