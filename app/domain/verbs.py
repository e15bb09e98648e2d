"""What the audit's verbs mean in plain words, for screens and reports."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "acceptance.recorded": "Recorded an acceptance",
    "acceptance.recorded_many": "Recorded several acceptances",
    "account.added": "Added an account",
    "account.ended": "Ended an account",
    "care.recorded": "Recorded restricted information",
    "care.seen": "Looked at restricted information",
    "case.decided": "Decided a case",
    "case.noted": "Added a note to a case",
    "case.opened": "Opened a case",
    "case.read": "Read a case",
    "code.brought_in": "Brought in ClassDojo's own codes",
    "code.issued": "Issued linking codes",
    "code.recorded": "Recorded a linking code",
    "code.recorded_many": "Recorded several linking codes",
    "code.revoked": "Revoked a linking code",
    "code.used": "Noted that a linking code was used",
    "contact.set": "Changed an adult's contact",
    "draft.checked": "Checked a draft before posting",
    "evidence.added": "Added a file as evidence",
    "evidence.seen": "Opened a file kept as evidence",
    "evidence.taken_out": "Took out a file as it was kept",
    "feed.brought_in": "Brought in posts or messages",
    "items.checked": "Checked all items again",
    "items.rechecked": "Checked again what changes touch",
    "link.approved": "Approved a request to be linked",
    "link.recorded": "Recorded a link",
    "link.recorded_many": "Recorded several links",
    "link.rejected": "Rejected a request to be linked",
    "link.requested": "Entered a request to be linked",
    "permission.barred": "Changed who may be pictured",
    "permission.recorded": "Recorded a permission decision",
    "permission.recorded_many": "Recorded several permission decisions",
    "pupil.left": "Recorded a leaver",
    "referral.closed": "Closed a referral",
    "referral.office": "Referred to the office",
    "referral.received": "Read a referral",
    "referral.safeguarding": "Referred to the safeguarding lead",
    "register.brought_in": "Brought in the register",
    "report.made": "Made a report",
    "school.calendar_set": "Set terms and closures",
    "school.founded": "Set up the school",
    "school.set": "Changed the school's details",
    "school.ways_set": "Set the School Ways",
    "session.opened": "Signed in",
    "sheet.acknowledged": "Recorded that class lists were read",
    "sheet.issued": "Issued class lists",
    "sheet.saved": "Saved a class list as a file",
    "staff.recorded": "Recorded a member of staff",
    "store.backed_up": "Made a backup",
    "store.verified": "Checked the records",
    "thread.closed": "Closed a conversation",
    "verdict.given": "Gave a verdict",
    "verdict.taken_back": "Took back a verdict",
}


def spoken(verb: str) -> str:
    """The verb in plain words; a refused look is named by what was asked for."""
    if verb.startswith("asked."):
        return "Asked to see something"
    return WORDS.get(verb, verb.replace(".", " ").replace("_", " ").capitalize())
