"""Files as they come: encodings, separators, broken tables, unsafe zips, endless sheets."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from app.domain.problems import Unreadable
from app.intake import files
from app.intake.read import read_feed, read_register
from app.intake.table import read_table
from tests.intake.files import TODAY, read_csv, told, written, zipped

LIST = "First name,Last name,Date of birth\nZoë,O’Neill,30/06/2021\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_form_reads_without_a_warning(tmp_path: Path, encoding: str) -> None:
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    found = read_csv(tmp_path, marks.get(encoding, b"") + LIST.encode(encoding))
    assert [(pupil.first, pupil.last) for pupil in found.pupils] == [("Zoë", "O’Neill")]
    assert found.warnings == ()


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_older_encodings_read_with_a_warning(tmp_path: Path, encoding: str) -> None:
    found = read_csv(tmp_path, LIST.replace("’", "'").encode(encoding))
    assert [(pupil.first, pupil.last) for pupil in found.pupils] == [("Zoë", "O'Neill")]
    assert told(found.warnings) == [(None, None)]
    assert "Windows" in found.warnings[0].reason


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"   \r\n \n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"First,Last\x00,DOB\n", "no text has"),
        (bytes(range(1, 256)) * 30, "not a text file"),
        (b"%PDF-1.7 rest", "is a PDF"),
        (b"\x89PNG\r\n\x1a\nrest", "is a picture"),
        (b"\xff\xd8\xff\xe0 rest", "is a picture"),
        (b"{\\rtf1 rest}", "word-processor"),
        (b"<!DOCTYPE html><html><body>Sign in", "web page"),
        (b"\xff\xfeF", "breaks off"),
        (b"PK\x03\x04broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "damaged or not a workbook"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    for read in (read_register, read_feed):
        with pytest.raises(Unreadable, match=words) as refusal:
            read([written(tmp_path, "list.csv", content)], today=TODAY)
        assert refusal.value.sentence.startswith("list.csv ")
        assert refusal.value.sentence.endswith(".")
        assert "\n" not in refusal.value.sentence


def test_missing_files_folders_without_lists_and_no_files_at_all(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="was not found"):
        read_register([tmp_path / "gone.csv"], today=TODAY)
    with pytest.raises(Unreadable, match="holds no list of people"):
        read_register([tmp_path], today=TODAY)
    with pytest.raises(Unreadable, match="No file was chosen"):
        read_register([], today=TODAY)
    with pytest.raises(Unreadable, match='"docx" is no format'):
        read_register([tmp_path / "a"], "docx", today=TODAY)


def test_too_large_a_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    with pytest.raises(Unreadable, match="larger than"):
        read_csv(tmp_path, LIST)


@pytest.mark.parametrize(
    ("fmt", "content"), [("xlsx", LIST), ("ctf", LIST), ("csv", "<CTfile/>"), ("oneroster", "<CTfile/>")]
)
def test_a_format_that_does_not_fit_is_refused(tmp_path: Path, fmt: str, content: str) -> None:
    with pytest.raises(Unreadable, match="Choose another file"):
        read_csv(tmp_path, content, fmt=fmt)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found_even_beside_others_in_cells(separator: str) -> None:
    text = separator.join(["Name", "Address", "Class"]) + "\n"
    text += separator.join(['"Marsh, Ella"', '"4; Row | Street"', "Oak"]) + "\n"
    assert read_table("t.csv", text).rows[1][1] == ["Marsh, Ella", "4; Row | Street", "Oak"]


def test_excels_own_hint_about_the_separator_is_no_row() -> None:
    assert read_table("t.csv", "sep=;\r\nA;B\r\n1;2\r\n").rows == [(1, ["A", "B"]), (2, ["1", "2"])]


def test_old_line_ends_and_quoted_line_breaks_count_as_a_spreadsheet_counts() -> None:
    assert [number for number, _ in read_table("t.csv", "A,B\r1,2\r\r3,4\r").rows] == [1, 2, 3, 4]
    assert read_table("t.csv", 'A,B\n"1\n1",2\n3,4\n').rows == [(1, ["A", "B"]), (2, ["1\n1", "2"]), (3, ["3", "4"])]


def test_a_lone_mark_inside_a_cell_is_harmless() -> None:
    assert read_table("t.csv", 'A,B\n5" nails,2\n').rows[1][1] == ['5" nails', "2"]


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_typed_cells_titles_and_rows_as_the_sheet_numbers_them(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Class list, autumn"],
        [],
        ["Forename", "Surname", "Date of birth", "Year", "Parent 1 name", "Parent 1 mobile"],
        ["Ella", "Marsh", datetime.fromisoformat("2019-02-11"), 3, "Mrs Joanne Marsh", 7700900123],
        [],
        ["Oscar", "Khan", 43536, 3.0, None, None],
        ["Maya", "Day", date(2018, 5, 1), "R", None, "07700 900124"],
    ]
    found = read_register([workbook(tmp_path / "a.xlsx", {"Sheet1": rows})], today=TODAY)
    assert (found.format, found.rows) == ("xlsx", 3)
    assert [(pupil.row, pupil.first, str(pupil.born), pupil.year) for pupil in found.pupils] == [
        (4, "Ella", "2019-02-11", "3"),
        (6, "Oscar", "2019-03-12", "3"),
        (7, "Maya", "2018-05-01", "R"),
    ]
    assert found.pupils[0].guardians[0].phones == ("07700900123",)
    assert told(found.warnings) == [(7, "guardian 1 name"), (4, "guardian 1 phone")]


def test_a_sheet_for_each_class_names_the_class(tmp_path: Path) -> None:
    heading: list[object] = ["Forename", "Surname", "DOB"]
    sheets: dict[str, list[list[object]]] = {
        "Oak": [heading, ["Ella", "Marsh", "11/02/2019"]],
        "Elm": [heading, ["Oscar", "Khan", "12/03/2019"], ["Maya", None, "1/5/2018"]],
        "Notes": [["Bring wellies"]],
    }
    found = read_register([workbook(tmp_path / "a.xlsx", sheets)], today=TODAY)
    assert [(pupil.file, pupil.first, pupil.class_name) for pupil in found.pupils] == [
        ("a.xlsx (Oak)", "Ella", "Oak"),
        ("a.xlsx (Elm)", "Oscar", "Elm"),
    ]
    assert (found.files, found.rows) == (("a.xlsx",), 3)
    assert found.covers == {"Oak", "Elm"}
    assert [(remark.file, remark.row) for remark in found.rejected] == [("a.xlsx (Elm)", 3)]
    assert told(found.warnings) == [(None, "Notes")]


def test_a_lone_sheets_name_is_no_class(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Forename", "Surname", "DOB"], ["Ella", "Marsh", "11/02/2019"]]
    found = read_register([workbook(tmp_path / "a.xlsx", {"Sheet1": rows})], today=TODAY)
    assert found.pupils[0].class_name is None


def test_a_formula_is_read_as_what_it_showed_and_an_empty_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no filled sheet"):
        read_register([workbook(tmp_path / "a.xlsx", {"Sheet1": []})], today=TODAY)


def test_a_cell_at_the_end_of_the_world_does_not_fill_the_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Forename", "Surname", "DOB"])
    sheet.cell(1_048_576, 16_384, "x")
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(Unreadable, match="fill this computer's memory"):
        read_register([tmp_path / "a.xlsx"], today=TODAY)


def test_a_format_kept_far_below_the_list_does_no_harm(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Forename", "Surname", "DOB"])
    sheet.append(["Ella", "Marsh", "11/02/2019"])
    sheet.cell(1_048_576, 16_384).font = Font(bold=True)
    book.save(tmp_path / "a.xlsx")
    assert len(read_register([tmp_path / "a.xlsx"], today=TODAY).pupils) == 1


@pytest.mark.parametrize("name", ["../users.csv", "/users.csv", "C:\\users.csv", "a/../../users.csv", "..\\users.csv"])
def test_a_zip_that_reaches_outside_is_refused(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path, "a.zip", {name: "sourcedId,role,givenName,familyName\n"})
    with pytest.raises(Unreadable, match="outside its own folder"):
        read_register([path], today=TODAY)


def test_a_zip_that_swells_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, "a.zip", {"users.csv": b"a" * (30 * 1024 * 1024)})
    with pytest.raises(Unreadable, match="would unpack to far more"):
        read_register([path], today=TODAY)


def test_zips_that_are_something_else(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="holds no list of people"):
        read_register([zipped(tmp_path, "a.zip", {"letter.docx": "x"})], today=TODAY)
    with pytest.raises(Unreadable, match="holds no list of people"):
        read_register([zipped(tmp_path, "b.zip", {"readme.txt": "x"})], today=TODAY)
    many = {f"{number}.txt": "" for number in range(files.MOST_MEMBERS + 1)}
    with pytest.raises(Unreadable, match="holds 2001 files"):
        read_register([zipped(tmp_path, "c.zip", many)], today=TODAY)


@pytest.mark.parametrize(
    ("members", "words"),
    [
        (("word/document.xml", "[Content_Types].xml"), "a Word document"),
        (("xl/workbook.bin", "[Content_Types].xml"), "an Excel binary workbook"),
        (("mimetype", "content.xml"), "an OpenDocument file"),
    ],
)
def test_other_office_files_are_told_apart(tmp_path: Path, members: tuple[str, ...], words: str) -> None:
    path = zipped(tmp_path, "list.xlsx", dict.fromkeys(members, "x"))
    with pytest.raises(Unreadable, match=f"list.xlsx is {words}.*Save it as XLSX"):
        read_register([path], today=TODAY)


@pytest.mark.parametrize(
    ("name", "words"), [("EncryptedPackage", "locked with a password"), ("__substg1.0_0037", "an Outlook message")]
)
def test_locked_workbooks_and_outlook_messages_are_told_apart(tmp_path: Path, name: str, words: str) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + name.encode("utf-16-le")
    with pytest.raises(Unreadable, match=words):
        read_feed([written(tmp_path, "list.xls", content)], today=TODAY)


def test_a_workbook_under_another_name_is_a_workbook(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Forename", "Surname", "DOB"], ["Ella", "Marsh", "11/02/2019"]]
    path = workbook(tmp_path / "a.xlsx", {"Sheet1": rows}).rename(tmp_path / "list.csv")
    assert read_register([path], today=TODAY).format == "xlsx"


def test_a_zip_that_lies_about_a_member_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("users.csv", "sourcedId,role,givenName,familyName\n" * 50)
    data = bytearray(buffer.getvalue())
    data[45:60] = b"\xff" * 15
    with pytest.raises(Unreadable, match="damaged"):
        read_register([written(tmp_path, "a.zip", bytes(data))], today=TODAY)


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("users.csv", "x")
    data = bytearray(buffer.getvalue())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Unreadable, match="locked with a password"):
        read_register([written(tmp_path, "a.zip", bytes(data))], today=TODAY)
