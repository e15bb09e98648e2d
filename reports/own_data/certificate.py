"""The certificate of a deletion: what went, when, by whose approval, what stayed and why. It names nobody (H12)."""

from __future__ import annotations

from pathlib import Path

from app.domain.problems import Problem
from app.services.data_erasure import Certificate, CertifyErasure
from app.services.office import Office
from reports.kit.model import Block, Column, Document, Heading, Masthead, Table, Text
from reports.kit.model import Kind as Holds
from reports.kit.numbers import day, moment
from reports.kit.paper import write_pdf


def save_certificate(office: Office, request_id: int, path: Path, initiator: object = None) -> None:
    """Save the certificate as a PDF; making it is noted. Raises `Problem` where it cannot be made or written."""
    if path.suffix.lower() != ".pdf":
        raise Problem(f"Nothing was saved: {path.name} must end in .pdf. Choose another name.")
    write_pdf(certificate_of(office.perform(CertifyErasure(request_id), initiator)), path)


def certificate_of(said: Certificate) -> Document:
    """The certificate as a document."""
    blocks: tuple[Block, ...] = (
        Heading("Personal data were deleted"),
        Text(
            f"On {day(said.received_on)}, {said.school} was asked to delete what it held on {said.whose}. "
            f"The headteacher's approval was given by {said.approved_by} on {moment(said.erased_at)}, and everything "
            "listed first was deleted then, in one step. It cannot be brought back."
        ),
        Heading("What was deleted", 2),
        Table("Deleted", "Deleted, by sort", (Column("What"), Column("How many", Holds.COUNT)), said.goes),
        Heading("What stays, and why", 2),
        Table("Stays", "Kept for a reason", (Column("What", part=0.38), Column("Why", part=0.62)), said.stays),
        Text(
            "This certificate names nobody. The request's number ties it to the school's register of requests. What "
            "ClassDojo holds itself is not part of it.",
            quiet=True,
        ),
    )
    head = Masthead(
        school=said.school,
        title="Certificate of deletion",
        period=f"Request {said.reference}",
        policy="UK GDPR, Article 17",
        generated_at=said.made_at,
        generated_by=said.made_by,
        audit_head=said.audit_head,
        audience="For the person who asked, and for the school's records.",
    )
    return Document(head, blocks)
