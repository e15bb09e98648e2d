"""The shapes that handles on social media have by themselves: links to profiles, tags, codes, made-up names."""

from __future__ import annotations

import re

DOTTED = re.compile(r"\.[a-z]")
"""Every link holds a full stop inside a word."""
AT = re.compile(r"(?<![\w@.])@([a-z0-9_][a-z0-9_.]{2,29})(?!\w|@)")
PROFILE = re.compile(
    r"(?:facebook|fb|instagram|tiktok|twitter|x|snapchat|youtube|twitch|depop|linkedin|etsy|patreon|ko-fi|strava|fb|roblox|threads"
    r"|reddit|pinterest|vinted|venmo|buymeacoffee|soundcloud|steamcommunity|bsky)\.(?:com|co\.uk|net|app)/"
    r"(?:add/|users?/|u/|id/|profile/|profiles/|member/|groups/|share/|channel/|user/|users/|c/|in/|shop/|athletes/)?@?([a-z0-9_.-]{3,40})"
)
LINK = re.compile(
    r"(?<![\w.])(?:wa\.me|t\.me|linktr\.ee|discord\.gg|chat\.whatsapp\.com|paypal\.me|monzo\.me|cash\.app|instagr\.am"
    r"|m\.me|fb\.me|youtu\.be/@|ko-fi\.com|discord\.com/invite|discordapp\.com/invite|signal\.group|signal\.me"
    r"|invite\.viber\.com|groupme\.com/join_group|join\.skype\.com|revolut\.me|venmo\.com|settleup\.starlingbank\.com"
    r"|beacons\.ai|bio\.link|line\.me|kik\.me|snapchat\.com/t|strava\.app\.link|telegram\.me|telegram\.dog)/#?[\w.+@$-]{3,}"
)
GROUP_LINK = re.compile(r"(?:chat\.whatsapp\.com|wa\.me|t\.me|m\.me|signal\.group|discord\.gg|telegram\.me)/")
"""A way into a group or a chat of somebody's own: no published page, whoever gives it."""
TAG = re.compile(r"(?<![\w#])[a-z][\w.]{2,29}#\d{4}(?!\w)")
FRIEND_CODE = re.compile(r"(?:friend code|switch|nintendo)[^\n.!?]{0,25}?((?:sw-)?\d{4}[- ]\d{4}[- ]\d{4})(?!\d)")
MADE_UP = re.compile(
    r"(?<![\w@./-])(?=[a-z0-9._]{0,30}(?:_|[a-z]\d|\d[a-z]|[a-z]\.[a-z]))([a-z0-9][a-z0-9._]{3,29}[a-z0-9_])(?![\w/@]|\.\w)"
)
TOKEN = r"@?([a-z0-9][a-z0-9_.-]{3,28}[a-z0-9_])(?![\w@/])"
NAME_OF_TWO = r"([a-z]+(?:-[a-z]+)? [a-z'-]+)(?!\w)"
INVITES = re.compile(
    r"(?<!\w)(?:dm|add|follow|order|find|msg|message|sub|subscribe|friend|search for|request|catch)(?!\w)"
)
OWN = re.compile(r"(?<!\w)(?:my|me|i'?m|i|us|our|his|her|their|add|she'?s|he'?s|mine|we'?re)(?!\w)")
NUMBER_WORD = re.compile(
    r"\d+(?:st|nd|rd|th|am|pm|k|p|m|cm|km|kg|g|ml|x|s|yr|yrs|hrs|mins|min|ish|d)"
    r"|(?:year|yr|y|ks|p|room|covid|class|key|part|week|day|page|top)\d+[a-z]?"
)
DESCRIBES = re.compile(r"\w+(?:ed|ing|ly|ous|able|ible|ful|less|ish|ive|ant|ent|ic|some|est)")
"""What is said of an account rather than its name: "my insta is hacked", "her tiktok is hilarious"."""
SAID_TO_BE = re.compile(
    r"(?<!\w)(?:its|it's|im|i'm|i am|name is|user(?:name)? is|name's|names|add|dms open,?|on there,?|on everything,?) "
    r"(?=[a-z._]{0,25}\d{2}|[a-z.]{2,25}\.\d|[a-z0-9.]{2,25}_[a-z0-9])"
    r"([a-z]{3}[a-z0-9_.]{2,26}[a-z0-9])(?![\w@/])"
)
"""A name with figures or an underscore that somebody goes by, whatever the service."""
ACCOUNTS = frozenset(
    ("channel", "account", "profile", "stories", "videos", "pictures", "photos", "group", "groups", "pages")
)
