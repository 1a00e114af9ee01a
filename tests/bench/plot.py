# SPDX-License-Identifier: GPL-2.0-or-later
"""Plots as SVG: bars with lines to compare them with, and small panels of lines.

Each plot paints its own ground, so that it can be read on a light page and on a dark one.
"""

import html
import math

WIDTH = 760
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: 600 }
.panel { font-weight: 600 }
.small { font-size: 11px }
.muted { fill: #59636e }
.ground { fill: #ffffff }
.grid { stroke: #d1d9e0; stroke-width: 1 }
.mark { stroke: #59636e; stroke-width: 1.2; stroke-dasharray: 4 3 }
.s0 { fill: #d9822b; stroke: #d9822b } .s1 { fill: #2b6cb0; stroke: #2b6cb0 }
.s2 { fill: #1f8f7d; stroke: #1f8f7d }
.bar { stroke: none }
.line { fill: none; stroke-width: 2 }
.dash0 { stroke-dasharray: 7 3 } .dash2 { stroke-dasharray: 2 3 }
.over { paint-order: stroke; stroke: #ffffff; stroke-width: 3px }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .muted { fill: #9198a1 } .ground { fill: #0d1117 }
.grid { stroke: #30363d } .mark { stroke: #9198a1 }
.s0 { fill: #f0a35e; stroke: #f0a35e } .s1 { fill: #79b8ff; stroke: #79b8ff }
.s2 { fill: #56d4bc; stroke: #56d4bc }
.line { fill: none } .over { stroke: #0d1117 }
}
""".strip()


def grouped(number):
    """1234567 as "1 234 567"."""
    return f"{round(number):,}".replace(",", " ")


def text(x, y, words, classes="", anchor="start"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" class="{classes}" text-anchor="{anchor}">'
            f"{html.escape(words)}</text>")


def line(x1, y1, x2, y2, classes):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{classes}"/>'


def rectangle(x, y, width, height, classes):
    return (f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
            f'class="{classes}"/>')


def document(title, height, body):
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
            f'width="{WIDTH}" height="{height:.0f}" role="img">')
    return "\n".join(["<!-- SPDX-License-Identifier: GPL-2.0-or-later -->", head,
                      f"<title>{html.escape(title)}</title>", f"<style>\n{STYLE}\n</style>",
                      rectangle(0, 0, WIDTH, height, "ground"),
                      text(16, 26, title, "title"), *body, "</svg>", ""])


def legend(series, y, lines):
    """Return what the series are called, in one row."""
    parts, x = [], 16
    for index, name in enumerate(series):
        if lines:
            parts.append(line(x, y - 4, x + 26, y - 4, f"s{index} line dash{index}"))
        else:
            parts.append(rectangle(x, y - 10, 26, 10, f"s{index} bar"))
        parts.append(text(x + 32, y, name))
        x += 60 + 7 * len(name)
    return parts


# --- bars ----------------------------------------------------------------------------------------

LABELS = 190
BAR = 12
ROW = 2 * BAR + 10


def bar_panel(panel, top, most):
    """Return one panel's parts and where it ends.

    Rows are (label, figures); marks, (label, figure), are lines through all of them.
    """
    def across(figure):
        return LABELS + figure / most * (WIDTH - LABELS - 64)

    y = top + 16 * len(panel["marks"]) + 14
    bottom = y + ROW * len(panel["rows"])
    drawn, lettering = [], [text(16, top, panel["title"], "panel")]
    for label, figures in panel["rows"]:
        lettering.append(text(LABELS - 8, y + BAR + 4, label, anchor="end"))
        for index, figure in enumerate(figures):
            place = y + index * BAR
            drawn.append(rectangle(LABELS, place, across(figure) - LABELS, BAR - 1,
                                   f"s{index} bar"))
            lettering.append(text(across(figure) + 4, place + 10, grouped(figure), "small over"))
        y += ROW
    for index, (label, figure) in enumerate(panel["marks"], 1):
        x, y = across(figure), top + 16 * index
        drawn.append(line(x, y - 8, x, bottom - 6, "mark"))
        lettering.append(text(x + 4, y, f"{label} {grouped(figure)}", "small muted over"))
    return drawn + lettering, bottom


def bars(title, series, panels):
    most = max(figure for panel in panels for _, figures in panel["rows"] for figure in figures)
    body, y = legend(series, 50, lines=False), 80
    for panel in panels:
        parts, y = bar_panel(panel, y, most)
        body += parts
        y += 24
    return document(title, y, body)


# --- panels of lines -----------------------------------------------------------------------------

PANEL_HEIGHT = 150
MARGIN = 56
END = 50


def ticks(least, most):
    """Round figures between the two: decades, and halves and fifths where these are few."""
    decades = range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)
    for steps in ((1,), (1, 3), (1, 2, 5)):
        found = [step * 10 ** decade for decade in decades for step in steps
                 if least <= step * 10 ** decade <= most]
        if len(found) >= 3:
            return found
    return found


def short(figure):
    for unit, name in ((10 ** 6, " M"), (10 ** 3, " k")):
        if figure >= unit:
            return f"{figure / unit:g}{name}"
    return f"{figure:g}"


def apart(places, distance=11):
    """Move labels up until none is on another; places are (y, label)."""
    moved, last = [], math.inf
    for y, label in sorted(places, reverse=True):
        last = min(y, last - distance)
        moved.append((last, label))
    return moved


def line_panel(panel, left, top, width, least, most):
    """Return one panel's parts.  A series has a figure, or None, for each of panel["x"]."""
    right, bottom = left + width - END, top + PANEL_HEIGHT - 34

    def place(index, figure):
        share = math.log(figure / least) / math.log(most / least)
        step = (right - left) / max(1, len(panel["x"]) - 1)
        return left + index * step, bottom - share * (bottom - top - 8)

    parts = [text(left, top - 4, panel["title"], "panel")]
    for tick in ticks(least, most):
        _, y = place(0, tick)
        parts += [line(left, y, right, y, "grid"), text(left - 5, y + 4, short(tick),
                                                        "small muted", "end")]
    for index, name in enumerate(panel["x"]):
        x, _ = place(index, least)
        parts += [text(x, bottom + 16 + 13 * row, words, "small muted", "middle")
                  for row, words in enumerate(name.split("\n"))]
    ends = []
    for number, figures in enumerate(panel["series"]):
        points = [place(index, figure) for index, figure in enumerate(figures)
                  if figure is not None]
        if not points:
            continue
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" class="s{number} line dash{number}"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" class="s{number}"/>'
                  for x, y in points]
        if figures[-1] is not None:
            ends.append((points[-1][1] + 4, grouped(figures[-1])))
    return parts + [text(right + 6, y, label, "small") for y, label in apart(ends)]


def lines(title, subtitle, series, panels, columns):
    """Panels in a grid, all with the same logarithmic scale."""
    figures = [figure for panel in panels for each in panel["series"]
               for figure in each if figure is not None]
    least, most = min(figures) / 1.15, max(figures) * 1.15
    width = (WIDTH - 16) / columns
    body = [text(16, 46, subtitle, "muted"), *legend(series, 70, lines=True)]
    for number, panel in enumerate(panels):
        left = MARGIN + number % columns * width
        top = 106 + number // columns * (PANEL_HEIGHT + 22)
        body += line_panel(panel, left, top, width - MARGIN, least, most)
    rows = math.ceil(len(panels) / columns)
    return document(title, 100 + rows * (PANEL_HEIGHT + 22), body)
