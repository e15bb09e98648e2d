"""What comes with an item: the media it shows, and the files themselves where they came along (T12)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from app.domain.content import Media
from app.domain.file_kinds import UNKNOWN, kind_of
from app.domain.incoming import IncomingAttachment, IncomingItem, Remark
from app.domain.problems import Refused
from app.services.evidence import keep_evidence
from app.services.unit import Unit


@dataclass(slots=True)
class Attaching:
    """Makes the rows of media; keeps the files that came with their content. What cannot be kept is remarked on."""

    unit: Unit
    remarks: list[Remark] = field(default_factory=list)

    def media_of(
        self, item_id: int, item: IncomingItem, *, restricted: bool = False, here: Collection[str] = ()
    ) -> list[dict[str, Any]]:
        """One row for each file that came along, and one for each further kind of media that the item tells of.

        `here` are the kinds that the item is known to show already: of those only files are added.
        """
        rows: list[dict[str, Any]] = []
        shown = set(here)
        for attachment in item.attachments:
            if attachment.content is None or self.unit.vault is None:
                continue
            evidence = self._kept(item, attachment, restricted)
            if evidence is not None:
                kind = _media(attachment)
                rows.append(_row(item_id, kind, attachment.source_id, evidence))
                # What the mail called it is no further picture.
                shown |= {kind.value, attachment.media.value}
        names = {attachment.media: attachment.source_id for attachment in item.attachments}
        rows += [_row(item_id, kind, names.get(kind), None) for kind in item.media if kind.value not in shown]
        return rows

    def _kept(self, item: IncomingItem, attachment: IncomingAttachment, restricted: bool) -> int | None:
        assert attachment.content is not None
        try:
            return keep_evidence(self.unit, attachment.content, restricted=restricted).id
        except Refused as refused:
            reason = f"An attachment was not kept. {refused.sentence}"
            self.remarks.append(Remark(item.file, item.row, "attachment", reason))
            return None


def _media(attachment: IncomingAttachment) -> Media:
    """What its content says it is; what the mail said of it, where the content tells nothing."""
    kind = kind_of(attachment.content or b"")
    return attachment.media if kind is UNKNOWN else kind.media


def _row(item_id: int, kind: Media, source_id: str | None, evidence: int | None) -> dict[str, Any]:
    return {"item_id": item_id, "kind": kind.value, "source_id": source_id, "evidence_id": evidence}
