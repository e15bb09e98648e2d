"""Pasted conversations in the shapes that people's programs write them: whole, in order, with nothing invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.content import Kind, Media
from app.domain.incoming import FeedReading
from app.domain.problems import Unreadable
from app.intake.pasted import DELETED, NOTICE, is_conversation, read_pasted
from app.intake.read import read_feed

TODAY = date(2026, 11, 23)
LONDON = ZoneInfo("Europe/London")


def read(text: str, **more: object) -> FeedReading:
    return read_pasted(text, today=TODAY, **more)  # type: ignore[arg-type]


def told(reading: FeedReading) -> list[tuple[str | None, str, str]]:
    """Name, moment by the school's clock, words."""
    return [
        (item.author_name, f"{item.sent_at.astimezone(LONDON):%d.%m.%y %H:%M}" if item.sent_at else "", item.text)
        for item in reading.items
    ]


HOLT, MARSH = "Mrs Holt", "Joanne Marsh"
TWO = [(MARSH, "06.10.26 18:04", "Is it PE tomorrow?"), (HOLT, "06.10.26 18:09", "Yes it is.\nBring a coat.")]


SHAPES = (
    ("[06/10/2026, 18:04:11] {a}: {q}", "[06/10/2026, 18:09:40] {b}: {r}"),
    ("\u200e[06/10/2026, 6:04:11\u202fpm] {a}: {q}", "[06/10/2026, 6:09\u202fPM] {b}: {r}"),
    ("06/10/2026, 18:04 - {a}: {q}", "06/10/2026, 18:09 - {b}: {r}"),
    ("06/10/26 18:04 - {a}: {q}", "06/10/26 18:09 - {b}: {r}"),
    ("2026-10-06 18:04 - {a}: {q}", "2026-10-06 18:09 - {b}: {r}"),
    ("Tue 6 Oct 18:04 – {a}\n{q}\n", "Tue 6 Oct 18:09 – {b}\n{r}\n"),
    ("6 October 2026 at 6.04pm - {a}\n{q}", "6 October 2026 at 6.09pm - {b}\n{r}"),
    ("{a} (6 Oct 18:04): {q}", "{b} (6 Oct 18:09): {r}"),
    ("{a} (Tue 6th October, 18:04)\n{q}", "{b} (Tue 6th October, 18:09)\n{r}"),
    ("{a}, 6 Oct 18:04: {q}", "{b}, 6 Oct 18:09: {r}"),
    ("{a}, Tuesday 6 October 2026 at 18:04: {q}", "{b}, 6 Oct 18:09: {r}"),
    ("6 Oct 18:04 {a}: {q}", "6 Oct 18:09 {b}: {r}"),
    ("{a} · 6 Oct 2026, 18:04\n{q}", "{b} · 6 Oct 2026, 18:09\n{r}"),
    ("Tuesday, October 6\n{a}\n6:04 PM\n{q}\nSeen", "{b}\n6:09 PM\n{r}\nRead"),
    ("6 October 2026\n{a}\n{q}\n6:04 PM", "{b}\n{r}\n6:09 PM"),
    ("Tuesday 6 October\n\n{a} (18:04): {q}", "{b} (18:09): {r}"),
)


@pytest.mark.parametrize(("first", "second"), SHAPES)
def test_every_shape_gives_the_same_two_messages(first: str, second: str) -> None:
    said = {"a": MARSH, "q": TWO[0][2], "b": HOLT, "r": TWO[1][2]}
    text = f"{first}\n{second}".format(**said)
    reading = read(text)
    assert told(reading) == TWO
    assert (reading.format, reading.rows, reading.rejected) == ("pasted", 2, ())
    assert [item.to for item in reading.items] == [(HOLT,), (MARSH,)]
    assert told(read(text.replace("\n", "\r\n"))) == TWO


def test_emails_one_below_the_other() -> None:
    reading = read(
        "From: Joanne Marsh <joanne@marsh.example>\nSent: 06 October 2026 18:04\nTo: Office <office@school.example>\n"
        "Subject: PE\n\nIs it PE tomorrow?\n\n"
        "From: Mrs Holt\nSent: Tuesday, 6 October 2026 18:09\nTo: Joanne Marsh\n\nYes."
    )
    assert told(reading) == [(MARSH, "06.10.26 18:04", "PE\n\nIs it PE tomorrow?"), (HOLT, "06.10.26 18:09", "Yes.")]


def test_names_without_times_are_kept_without() -> None:
    reading = read("Mrs Holt: Good morning\nJoanne: Thank you\nand more: this\nMrs Holt: Bye")
    assert told(reading) == [
        (HOLT, "", "Good morning"),
        ("Joanne", "", "Thank you\nand more: this"),
        (HOLT, "", "Bye"),
    ]
    assert [remark.reason for remark in reading.warnings] == [
        "The messages stand here without days and times. They were kept without."
    ]


@pytest.mark.parametrize(
    ("head", "moment"),
    [
        ("31/12 18:04", "31.12.25 18:04"),
        ("24/11 08:00", "24.11.25 08:00"),
        ("23/11 08:00", "23.11.26 08:00"),
        ("29 Feb 08:00", "29.02.24 08:00"),
        ("Mon 6 Oct 18:04", "06.10.25 18:04"),
        ("Sun 6 Oct 18:04", "06.10.24 18:04"),
        ("yesterday at 18:04", "22.11.26 18:04"),
        ("Today 07:15", "23.11.26 07:15"),
        ("Friday 9:00", "20.11.26 09:00"),
        ("Monday 9:00", "16.11.26 09:00"),
        ("1st of March '25 12:30am", "01.03.25 00:30"),
        ("6.10.2026 18.04", "06.10.26 18:04"),
        ("06/10/2026", "06.10.26 12:00"),
        ("31/02/2026 10:00", ""),
        ("40/40/2026 10:00", ""),
    ],
)
def test_days_are_british_and_the_most_recent_past(head: str, moment: str) -> None:
    reading = read(f"{head} - Mrs Holt: Hello")
    assert [item[1] for item in told(reading)] == [moment]
    assert bool(reading.warnings) == (not moment)


def test_times_without_a_day_end_today_and_say_so() -> None:
    text = "Joanne, 22:50: Hello\nMrs Holt, 07:05: Good morning\nJoanne, 07:06: Hi"
    assert [item[1] for item in told(read(text))] == ["22.11.26 22:50", "23.11.26 07:05", "23.11.26 07:06"]
    assert "without a day" in read(text).warnings[0].reason
    named = read(text, day=date(2026, 10, 6))
    assert [item[1] for item in told(named)] == ["06.10.26 22:50", "07.10.26 07:05", "07.10.26 07:06"]
    assert named.warnings == ()


def test_american_days_are_read_so_only_where_nothing_else_fits() -> None:
    american = read("10/14/26, 6:04 PM - Jo Marsh: Hi\n10/5/26, 6:05 PM - Mrs Holt: Bye")
    assert [item[1] for item in told(american)] == ["14.10.26 18:04", "05.10.26 18:05"]
    assert "month first" in american.warnings[0].reason
    mixed = read("10/14/26, 6:04 PM - Jo Marsh: Hi\n14/10/26, 6:05 PM - Mrs Holt: Bye")
    assert [item[1] for item in told(mixed)] == ["", "14.10.26 18:05"]


def test_notices_deleted_messages_and_pictures() -> None:
    reading = read(
        "06/10/2026, 18:03 - Messages and calls are end-to-end encrypted. Nobody outside of this chat can read them.\n"
        "06/10/2026, 18:04 - Mrs Holt added Joanne\n"
        "06/10/2026, 18:05 - Joanne: IMG-20261006-WA0001.jpg (file attached)\nour Ella\n"
        "06/10/2026, 18:06 - Joanne: \u200evideo omitted\n"
        "06/10/2026, 18:07 - Joanne: This message was deleted\n"
        "06/10/2026, 18:08 - Joanne: sticker omitted\n"
        "06/10/2026, 18:09 - ~ Mrs Holt: Lovely \u200e<This message was edited>"
    )
    assert [(item.text, item.media) for item in reading.items] == [
        ("our Ella", (Media.PHOTO,)),
        ("", (Media.VIDEO,)),
        ("Lovely", ()),
    ]
    assert {(skip.reason, skip.count) for skip in reading.skipped} == {(NOTICE, 2), (DELETED, 1)}
    assert [remark.row for remark in reading.rejected] == [7]
    assert reading.rows == 7


def test_who_you_is_can_be_said() -> None:
    text = "[06/10/2026, 18:04] You: Hello\n[06/10/2026, 18:05] Joanne: Hi"
    assert "Say who that is" in read(text).warnings[0].reason
    named = read(text, you="Mrs Holt")
    assert [item.author_name for item in named.items] == ["Mrs Holt", "Joanne"]
    assert [item.to for item in named.items] == [("Joanne",), ("Mrs Holt",)]
    assert named.warnings == ()


def test_kind_and_class_are_the_persons_to_say() -> None:
    reading = read("[06/10/2026, 18:04] Jo Marsh: Hello", kind=Kind.COMMENT, class_name="Willow")
    assert [(item.kind, item.class_name) for item in reading.items] == [(Kind.COMMENT, "Willow")]


def test_a_colon_in_a_sentence_begins_no_message() -> None:
    reading = read(
        "06/10/2026, 18:04 - Jo: please note\nMeeting, 18:00: the hall\nBring: a coat\nMonday\n"
        "06/10/2026, 18:05 - Jo: ok"
    )
    assert [item.text for item in reading.items] == [
        "please note\nMeeting, 18:00: the hall\nBring: a coat\nMonday",
        "ok",
    ]


def test_words_before_the_first_message_are_said_to_be_left_out() -> None:
    reading = read("Please look at this, it is dreadful.\n\n06/10/2026, 18:04 - Jo: no")
    assert len(reading.items) == 1
    assert reading.warnings[0].reason.startswith("The words before the first message")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n ",
        "Dear Mrs Holt,\nplease note: we are away on Tuesday.\nYours, Joanne",
        "Ella was sick in the night so she wont be in",
        "06/10/2026, 18:03 - Messages and calls are end-to-end encrypted.",
        "18:04",
        "x" * 2_000_001,
    ],
)
def test_what_is_no_conversation_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(text)
    assert "\n" not in refused.value.sentence
    assert len(refused.value.sentence) < 300


def test_a_text_file_comes_in_as_a_feed(tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text("\ufeff[06/10/2026, 18:04] Joanne Marsh: Hello\n[06/10/2026, 18:05] Mrs Holt: Hi\n", "utf-8")
    reading = read_feed([chat], today=TODAY)
    assert (reading.format, [item.author_name for item in reading.items]) == ("pasted", [MARSH, HOLT])
    other = tmp_path / "chat2.txt"
    other.write_text("Joanne Marsh, 6 Oct 18:04: Hello, you\nMrs Holt, 6 Oct 18:05: Hi, Joanne\n", "cp1252")
    assert len(read_feed([chat, other], today=TODAY).items) == 4
    assert read_feed([chat], "pasted", today=TODAY).items == reading.items


def test_other_files_are_not_taken_for_conversations(tmp_path: Path) -> None:
    table = tmp_path / "class_list.txt"
    table.write_text("Forename,Surname,Class\nElla,Marsh,Willow\n", "utf-8")
    with pytest.raises(Unreadable, match="is a register"):
        read_feed([table], today=TODAY)
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Mrs Holt,\nElla is ill.\nJoanne", "utf-8")
    with pytest.raises(Unreadable, match="neither messages nor a points report"):
        read_feed([letter], today=TODAY)
    broken = tmp_path / "page.json"
    broken.write_text('[{"a": 1,', "utf-8")
    with pytest.raises(Unreadable, match="not whole JSON"):
        read_feed([broken], today=TODAY)


NAMES = st.sampled_from(["Mrs Holt", "Joanne Marsh", "Dr. A. O’Neill", "Zoë Łukasz-Brown", "Ella's mum", "محمد علي"])
WORDS = st.lists(
    st.sampled_from(
        ["Hello", "is it PE?", "she was sick: again", "at 18:00", "ok", "(6 Oct)", "- no -", "Łódź", "🎉", "a, b"]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
MOMENTS = st.builds(
    lambda minutes: datetime.fromtimestamp(1_735_689_600 + minutes * 60, LONDON).replace(fold=0),
    st.integers(0, 990_000),
)
WRITTEN: dict[str, Callable[[str, datetime, str], str]] = {
    "ios": lambda name, at, text: f"[{at:%d/%m/%Y, %H:%M:%S}] {name}: {text}",
    "android": lambda name, at, text: f"{at:%d/%m/%Y, %H:%M} - {name}: {text}",
    "brackets": lambda name, at, text: f"{name} ({at:%d %b %Y %H:%M}): {text}",
    "comma": lambda name, at, text: f"{name}, {at:%d %B %Y at %H:%M}: {text}",
    "dash": lambda name, at, text: f"{at:%a %d %b %Y %H:%M} – {name}\n{text}\n",
}


@example("comma", [("Mrs Holt", datetime(2025, 1, 1, tzinfo=LONDON), "Hello\nHello (6 Oct)\nHello (6 Oct)")])
@given(st.sampled_from(sorted(WRITTEN)), st.lists(st.tuples(NAMES, MOMENTS, TEXTS), min_size=1, max_size=6))
def test_what_is_written_in_a_shape_is_read_back_whole(shape: str, said: list[tuple[str, datetime, str]]) -> None:
    text = "\n".join(WRITTEN[shape](*each) for each in said)
    read_back = [(item.author_name, item.sent_at, item.text) for item in read(text).items]
    assert read_back == said


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    try:
        reading = read(text)
    except Unreadable:
        return
    assert reading.items
    assert reading.rows == len(reading.items) + len(reading.rejected) + sum(skip.count for skip in reading.skipped)


@pytest.mark.parametrize(
    "line",
    ["a" * 900_000, "1" * 900_000, "Mon " * 200_000, "06/10/2026, " * 70_000, "Name " * 150_000 + ": x", "[" * 500_000],
)
def test_a_hostile_line_neither_hangs_nor_hides_a_message(line: str) -> None:
    assert is_conversation(line + "\n" + line[:1000] + "\n[06/10/2026, 18:04] Jo Marsh: Hello")


def test_a_year_of_talk_is_read_whole() -> None:
    text = "\n".join(
        f"[{1 + n % 28:02}/10/2026, {n % 24:02}:{n % 60:02}] Parent {n % 7}: message {n}\nmore" for n in range(8_000)
    )
    assert len(read(text.replace("Parent 1", "Jo Marsh")).items) == 8_000
