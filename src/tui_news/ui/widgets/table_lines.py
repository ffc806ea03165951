"""Tables drawn to fit a column: the widest columns give way first; where that does not help, `Header: value` rows."""

from __future__ import annotations

from tui_news.text.cells import cell_fit, cell_len
from tui_news.text.wrap import wrap
from tui_news.ui.widgets.lines import Line, LineBuilder, Run, shifted

LEAST = 6  # cells under which a column is no longer readable
BETWEEN = " │ "


def table_lines(rows: tuple[tuple[str, ...], ...], head: int, width: int, indent: int = 0) -> tuple[Line, ...]:
    """The table's rows within `width` cells, moved right by `indent`."""
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return ()
    filled = [tuple(cell.replace("\n", " ") for cell in row) + ("",) * (columns - len(row)) for row in rows]
    room = width - indent - len(BETWEEN) * (columns - 1)
    widths = fit_columns([max(cell_len(row[number]) for row in filled) for number in range(columns)], room)
    lines = _as_list(filled, head, width - indent) if widths is None else _as_grid(filled, head, widths)
    return tuple(shifted(line, indent) for line in lines)


def fit_columns(natural: list[int], room: int) -> list[int] | None:
    """Column widths that add up to at most `room`: narrow columns keep theirs, wide ones share what is left.

    None when a column would get fewer than LEAST cells.
    """
    widths = [max(1, width) for width in natural]
    if sum(widths) <= room:
        return widths
    share, wide = room, sorted(range(len(widths)), key=lambda number: widths[number])
    for place, number in enumerate(wide):
        fair = share // (len(wide) - place)
        if widths[number] > fair:
            widths[number] = fair
            if fair < LEAST:
                return None
        share -= widths[number]
    return widths


def _as_grid(rows: list[tuple[str, ...]], head: int, widths: list[int]) -> list[Line]:
    lines: list[Line] = []
    for number, row in enumerate(rows):
        cells = [[text[a:b] for a, b in wrap(text, width)] or [""] for text, width in zip(row, widths, strict=True)]
        for part in range(max(len(cell) for cell in cells)):
            build = LineBuilder()
            for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
                shown = cell_fit(cell[part], width) if part < len(cell) else ""
                build.add(shown, "strong" if number < head else "")
                if column + 1 < len(widths):
                    build.add(" " * (width - cell_len(shown))).add(BETWEEN, "rule")
            lines.append(build.line())
        if number + 1 == head:
            rule = "─┼─".join("─" * width for width in widths)
            lines.append(Line(rule, (Run(0, len(rule), "rule"),)))
    return lines


def _as_list(rows: list[tuple[str, ...]], head: int, width: int) -> list[Line]:
    """Each row as `Header: value` lines, a blank line between rows."""
    names = rows[head - 1] if 0 < head < len(rows) else ("",) * len(rows[0])
    lines: list[Line] = []
    for number, row in enumerate(rows[head:] if any(names) else rows):
        if number:
            lines.append(Line(""))
        for name, value in zip(names, row, strict=True):
            label = f"{name}: " if name else ""
            for place, (start, end) in enumerate(wrap(label + value, max(8, width))):
                mark = min(len(label), end) - start
                runs = (Run(0, mark, "strong"),) if not place and mark > 0 else ()
                lines.append(Line((label + value)[start:end], runs))
    return lines
