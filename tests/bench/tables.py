# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables of reStructuredText."""

import plot


def cell_of(figure):
    return r"\-" if figure is None else plot.grouped(figure)


def ratio_of(figure, base):
    return r"\-" if figure is None or not base else f"{figure / base:.2f}"


def table(head, rows):
    """A simple table of reStructuredText, figures to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    rule = "  ".join("=" * width for width in widths)

    def laid_out(row):
        first, *others = zip(row, widths)
        return "  ".join([first[0].ljust(first[1]), *(words.rjust(width)
                                                      for words, width in others)]).rstrip()

    return "\n".join([rule, laid_out(head), rule, *map(laid_out, rows), rule])
