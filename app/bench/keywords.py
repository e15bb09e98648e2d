"""The obvious words that a plain keyword filter would be given: the peer that the checks are measured beside."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.checks.finding import Check

KEYWORDS: Mapping[Check, tuple[str, ...]] = {
    Check.SENSITIVE: (
        "asthma", "allergy", "allergic", "autism", "autistic", "adhd", "sen", "dyslexia", "dyslexic", "hospital",
        "medicine", "medication", "foster", "social worker", "free school meals", "excluded", "detention", "diabetes",
        "epilepsy", "counselling", "pupil premium", "operation", "anxiety", "in care",
    ),
    Check.PERSONAL: (
        "date", "dating", "divorce", "boyfriend", "girlfriend", "drunk", "hungover", "pub", "party", "wine", "election",
        "vote", "for sale", "selling", "add me", "friend request", "my ex", "gossip", "single", "tory", "labour",
    ),
    Check.ABUSE: (
        "stupid", "idiot", "fuck", "fucking", "shit", "bastard", "bitch", "moron", "hate you", "kill", "disgusting",
        "pathetic", "useless", "liar", "scum", "ugly", "fat", "thick", "crap", "bloody",
    ),
    Check.COMPARE: (
        "better than", "worse than", "more points than", "neater than", "best in the class", "beat", "unlike",
    ),
    Check.RESHARE: (
        "facebook", "instagram", "tiktok", "whatsapp", "snapchat", "youtube", "twitter", "newspaper", "shared",
        "posted", "share this", "screenshot",
    ),
    Check.SAFEGUARDING: (
        "hit", "hits", "hurt", "bruise", "bruises", "abuse", "self-harm", "self harm", "suicide", "neglect", "violence",
        "run away", "ran away", "scared to go home", "touched", "kill myself", "starving",
    ),
}  # fmt: skip

OFFICE_KEYWORDS: Mapping[str, tuple[str, ...]] = {
    "absence": ("absent", "absence", "not in", "off today", "late", "holiday", "dentist", "doctor", "won't be in"),
    "sickness": ("sick", "ill", "poorly", "unwell", "vomiting", "temperature", "fever", "cough", "headache"),
    "dinners": ("dinner", "dinners", "lunch", "packed lunch", "school meals", "menu"),
    "complaint": ("complaint", "complain", "unacceptable", "not happy", "unfair", "disgusted"),
    "music": ("music", "violin", "guitar", "piano", "drums", "flute", "trumpet"),
    "urgent": ("urgent", "asap", "pick up", "collect", "collecting", "running late", "stuck in traffic"),
    "appointment": ("appointment", "meeting", "meet", "speak to", "talk to", "come in and see"),
    "progress": ("progress", "how is he doing", "how is she doing", "getting on", "reading level", "behind"),
}
