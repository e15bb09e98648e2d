"""Text that a report must survive: what people and machines really send, and what nobody should."""

from __future__ import annotations

HOSTILE = (
    "<b>bold</b> & <para> </font> &amp; &#0;",
    "=1+1",
    "+44 7700 900123",
    "-5",
    "@SUM(A1)",
    '=HYPERLINK("http://evil.example","click")',
    "\tafter a tab",
    "\u202eevil\u202c right \u2066isolated\u2069",
    "שלום עולם, כיתה 5 (א)",
    "محمد علي يقول: لا إله",
    "السلام mixed English 12/10/2026 نص",
    "👍🏽 👩‍👩‍👧 😀 and 🎉",
    "NUL\x00 bell\x07 escape\x1b[31m delete\x7f",
    "x" * 100_000,
    "word " * 20_000,
    "日本語のテスト",
    "a\nb\r\nc\u2028d",
    "\ud800 lone surrogate",
    "Zoë Łuczak, Þór; e\u0301 and q\u0308\u0323",
    "{{7*7}} ${jndi:ldap} %s %n",
    "]]><!-- _x0041_ #N/A",
    "\ufffe\uffff",
    "",
    "   ",
)
