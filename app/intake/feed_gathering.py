"""What is collected while content files are read, and how it becomes one reading."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.incoming import ColumnGuess, FeedReading, IncomingItem, PointsTotal, Remark, Skipped


@dataclass(slots=True)
class FeedGathering:
    """One content file's yield so far. Rejected rows and skipped items count among `rows`."""

    format: str
    file: str
    rows: int = 0
    items: list[IncomingItem] = field(default_factory=list)
    points: list[PointsTotal] = field(default_factory=list)
    rejected: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    columns: list[ColumnGuess] = field(default_factory=list)
    _skipped: dict[str, int] = field(default_factory=dict)

    def reject(self, row: int, name: str | None, reason: str) -> None:
        """Leave a row out, with the reason."""
        self.rejected.append(Remark(self.file, row, name, reason))

    def warn(self, row: int | None, name: str | None, reason: str) -> None:
        """Keep a row, and say what is odd about it."""
        self.warnings.append(Remark(self.file, row, name, reason))

    def skip(self, reason: str) -> None:
        """Leave an item out on purpose."""
        self._skipped[reason] = self._skipped.get(reason, 0) + 1

    @property
    def skipped(self) -> list[Skipped]:
        """What was left out on purpose, by reason."""
        return [Skipped(self.file, reason, count) for reason, count in self._skipped.items()]


def one_feed(parts: list[FeedGathering]) -> FeedReading:
    """Several files' yields as one reading, in order. An item that an earlier file held already is skipped."""
    seen: set[tuple[str, str]] = set()
    items: list[IncomingItem] = []
    for part in parts:
        for item in part.items:
            key = (part.format, item.source_id or "")
            if item.source_id and key in seen:
                part.skip("It stands in these files twice.")
                continue
            seen.add(key)
            items.append(item)
    return FeedReading(
        format="+".join(dict.fromkeys(part.format for part in parts)),
        files=tuple(part.file for part in parts),
        rows=sum(part.rows for part in parts),
        items=tuple(items),
        points=tuple(each for part in parts for each in part.points),
        rejected=tuple(remark for part in parts for remark in part.rejected),
        warnings=tuple(remark for part in parts for remark in part.warnings),
        skipped=tuple(each for part in parts for each in part.skipped),
        columns=tuple(guess for part in parts for guess in part.columns),
    )
