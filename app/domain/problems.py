"""What can go wrong for a person, as sentences they can act on.

Every one of these is expected and is shown as it stands; anything else that escapes is a bug.
"""

from __future__ import annotations


class Problem(Exception):
    """Something the person should read: what happened, what it means, what to do. Exit code 2 on the command line."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Unreadable(Problem):
    """A file that cannot be read at all. Nothing was changed."""


class Refused(Problem):
    """A rule of the policy or of the law stands against it. Nothing was changed."""


class Overtaken(Problem):
    """Somebody else changed the same thing first. Nothing of theirs was overwritten."""


class NotSignedIn(Problem):
    """No valid sign-in. Exit code 3 on the command line."""


class NotAllowed(Problem):
    """The signed-in person's role does not include this. The attempt is in the audit. Exit code 3."""


class Cancelled(Exception):
    """The person cancelled a running job. Nothing was changed; this is not a fault."""
