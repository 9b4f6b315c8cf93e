"""The figures as a table: ratios to the bare page, and of the large city to the small one."""

HEADS = ("page", "topics", "queries", "/s anew", "/s kept", "kept ÷ bare", "p50 ms", "p99 ms", "large ÷ small", "wrong", "aim")


def print_table(rows: list[dict], facts: dict) -> None:
    bare = next((row["per_second"] for row in rows if row["page"] == "bare page"), 0)
    table = [HEADS, *(_cells(row, bare, _small(row, rows)) for row in rows)]
    widths = [max(len(line[n]) for line in table) for n in range(len(HEADS))]
    for line in table:
        print("  ".join(cell.ljust(w) if n == 0 else cell.rjust(w) for n, (cell, w) in enumerate(zip(line, widths, strict=True))))
    for name, fact in facts.items():
        print(f"{name}: {fact}")


def _small(row: dict, rows: list[dict]) -> dict | None:
    """The same page in the smaller city."""
    same = [other for other in rows if other["page"] == row["page"] and (other["topics"] or 0) < (row["topics"] or 0)]
    return same[0] if same else None


def _cells(row: dict, bare: int, small: dict | None) -> tuple[str, ...]:
    kept = row.get("kept_per_second")
    cost = small["per_second"] / row["per_second"] if small and row["per_second"] else None
    return (
        row["page"], _text(row["topics"]), _text(row["queries"]), _text(row["per_second"]), _text(kept),
        f"{kept / bare:.2f}" if kept and bare else "", _text(row["p50_ms"]), _text(row["p99_ms"]),
        f"{cost:.2f}" if cost else "", _text(row["wrong"]), _text(row.get("aim")),
    )  # fmt: skip


def _text(value) -> str:
    return "" if value is None else f"{value:,}"
