"""Every table of the store. Importing this package registers them all on `Base.metadata`."""

from app.store.tables import (
    accounts,
    audit,
    cases,
    content,
    importing,
    letters,
    links,
    monitoring,
    people,
    permissions,
    policy,
    rechecking,
    register,
    review,
    school,
    wordlists,
)
from app.store.tables.base import Base

__all__ = [
    "Base",
    "accounts",
    "audit",
    "cases",
    "content",
    "importing",
    "letters",
    "links",
    "monitoring",
    "people",
    "permissions",
    "policy",
    "rechecking",
    "register",
    "review",
    "school",
    "wordlists",
]
