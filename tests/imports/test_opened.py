"""Opening what a person chose: folders, zips, and everything that must not be opened."""

from __future__ import annotations

import gzip
import hashlib
import os
import struct
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.imports import file_kit
from tracker.imports import opened as opening
from tracker.imports import unpacked, walked
from tracker.imports.found import Format
from tracker.imports.opened import Opened, chosen, opened
from tracker.imports.recognise import Recognised

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def open_all(*paths: str | Path) -> list[Opened]:
    return list(opened(chosen(paths)))


def only(*paths: str | Path) -> Opened:
    (one,) = open_all(*paths)
    return one


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Write a file into the test's folder, with the folders it needs."""

    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return write


Put = Callable[[str, bytes], Path]

# files ---------------------------------------------------------------------------------------


def test_a_file_with_its_hash_and_size(put: Put) -> None:
    path = put("a.json", file_kit.FHIR)
    assert only(path) == Opened(
        path=str(path),
        name="a.json",
        format=Format.FHIR,
        data=file_kit.FHIR,
        size=len(file_kit.FHIR),
        sha256=hashlib.sha256(file_kit.FHIR).hexdigest(),
        weight=len(file_kit.FHIR),
    )


def test_a_path_stays_as_it_was_given(put: Put, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    put("in/a.json", file_kit.FHIR)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    for given in ("./in/a.json", "in/../in/a.json", "~/in/a.json"):
        assert (only(given).path, only(given).name) == (given, "a.json")
    assert only("in/").path == os.path.join("in/", "a.json")
    assert only("in").path == os.path.join("in", "a.json")


def test_what_is_not_there(tmp_path: Path) -> None:
    assert only(tmp_path / "none.csv").why == "It is not there."
    assert only("a\x00b").why.startswith("It could not be opened")
    assert only("x" * 5000).why.startswith("It could not be opened")


def test_a_file_of_a_gigabyte_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    begun = time.perf_counter()
    found = only(path)
    assert time.perf_counter() - begun < 3
    assert found.why.startswith("It has 1.0 GB; files of up to 200 MB are read.")
    assert (found.size, found.sha256, chosen([path]).weight) == (1_000_000_000, "", 0)


def test_a_file_that_grows_while_it_is_read(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "bytes_of", lambda *_, most, wanted: bytes(most + 1))
    assert only(put("a.csv", b"1")).why.startswith("It grew while it was read.")


def test_a_file_that_may_not_be_read(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put("a.csv", b"1,2\n")

    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    assert only(path).why == "a.csv could not be read: Permission denied. Check the file and try again."
    monkeypatch.setattr(Path, "stat", deny)
    assert only(path).why.startswith("You may not read it.")


def test_too_little_memory(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(opening, "bytes_of", fail)
    assert only(put("a.csv", b"1,2\n")).why.startswith("There is not enough memory")


def test_a_mistake_of_ours_stops_no_other_file(
    put: Put, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(data: bytes, name: str) -> Recognised:
        if name == "bad.csv":
            raise AttributeError("Ada" + name)
        return Recognised(Format.FHIR)

    monkeypatch.setattr(opening, "recognise", fail)
    bad, good = open_all(put("bad.csv", b"1,2\n"), put("good.json", file_kit.FHIR))
    assert bad.why.startswith("The program could not read it")
    assert good.format is Format.FHIR
    assert "AttributeError" in caplog.text
    assert "Adabad" not in caplog.text


@needs_posix
def test_pipes_and_devices_are_not_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "a.csv"
    os.mkfifo(pipe)
    assert only(pipe).why == "It is a device or a pipe, not a file."
    assert only("/dev/zero").why == "It is a device or a pipe, not a file."
    assert [one.why for one in open_all(tmp_path)] == ["It is a device or a pipe, not a file."]


# folders -------------------------------------------------------------------------------------


def test_a_folder_is_gone_through_by_name(put: Put, tmp_path: Path) -> None:
    for name in ("in/b.json", "in/a.json", "in/deep/er/c.json", "in/deep/a.json"):
        put(name, file_kit.FHIR)
    shown = [Path(one.path).relative_to(tmp_path).as_posix() for one in open_all(tmp_path / "in")]
    assert shown == ["in/a.json", "in/b.json", "in/deep/a.json", "in/deep/er/c.json"]


def test_hidden_and_system_files_are_counted(put: Put, tmp_path: Path) -> None:
    for name in (
        ".DS_Store",
        "Thumbs.db",
        "~$book.xlsx",
        "desktop.ini",
        ".git/a.json",
        "__MACOSX/._a",
        "a.json",
    ):
        put(f"in/{name}", file_kit.FHIR)
    taken, folder = open_all(tmp_path / "in")
    assert taken.name == "a.json"
    assert (folder.path, folder.format) == (str(tmp_path / "in"), Format.FOLDER)
    assert folder.why == "6 hidden or system files were left out."
    assert only(tmp_path / "in" / ".git" / "a.json").format is Format.FHIR  # chosen by name, it is meant


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "in" / "deeper").mkdir(parents=True)
    assert only(tmp_path / "in").why == "There is no file in this folder."


@needs_posix
def test_links_lead_round_in_no_circle(put: Put, tmp_path: Path) -> None:
    put("in/a.json", file_kit.FHIR)
    (tmp_path / "in" / "up").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "self").symlink_to("self")
    (tmp_path / "in" / "gone.json").symlink_to("nowhere")
    (tmp_path / "in" / "same.json").symlink_to("a.json")
    found = {one.name: one for one in open_all(tmp_path / "in")}
    assert set(found) == {"a.json", "self", "gone.json", "same.json", "in"}
    assert found["same.json"].data == file_kit.FHIR
    assert found["gone.json"].why == "It is not there."
    assert found["self"].why.startswith("It could not be opened")
    assert found["in"].why == "1 link to another folder was left out."
    assert len(open_all(tmp_path / "in" / "up")) == 5  # the link itself was chosen


def test_more_files_than_a_person_means(put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walked, "MOST_FILES", 3)
    for number in range(5):
        put(f"in/{number}.json", file_kit.FHIR)
    found = open_all(tmp_path / "in")
    assert [one.name for one in found] == ["0.json", "1.json", "2.json", "in"]
    assert found[-1].why == "Only the first 3 files of this folder were read."


def test_a_folder_that_may_not_be_looked_into(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("in/a.json", file_kit.FHIR)
    put("in/shut/b.json", file_kit.FHIR)
    look = os.scandir

    def deny(folder: Path) -> object:
        if Path(folder).name == "shut":
            raise PermissionError(13, "Permission denied")
        return look(folder)

    monkeypatch.setattr(walked.os, "scandir", deny)
    one, shut = open_all(tmp_path / "in")
    assert one.name == "a.json"
    assert (shut.name, shut.format) == ("shut", Format.FOLDER)
    assert shut.why.startswith("You may not read it.")


# zips ----------------------------------------------------------------------------------------


def test_the_files_of_a_zip(put: Put) -> None:
    members = {
        "a.json": file_kit.FHIR,
        "deep/b.qfx": file_kit.OFX,
        "c.xlsx": file_kit.workbook(),
        "d/": b"",
    }
    path = put("year.zip", file_kit.zipped(members))
    found = open_all(path)
    assert [(one.path, one.name, one.format) for one in found] == [
        (f"{path}/a.json", "a.json", Format.FHIR),
        (f"{path}/deep/b.qfx", "b.qfx", Format.OFX),
        (f"{path}/c.xlsx", "c.xlsx", Format.TABLE),
    ]
    assert found[0].data == file_kit.FHIR
    assert found[0].sha256 == hashlib.sha256(file_kit.FHIR).hexdigest()
    assert sum(one.weight for one in found) <= path.stat().st_size


def test_hidden_files_of_a_zip_are_counted(put: Put) -> None:
    path = put(
        "a.zip", file_kit.zipped({"a.json": file_kit.FHIR, "__MACOSX/._a.json": b"x", ".DS_Store": b"x"})
    )
    one, whole = open_all(path)
    assert one.name == "a.json"
    assert (whole.path, whole.format) == (str(path), Format.ZIP)
    assert whole.why == "2 hidden or system files were left out."


def test_an_empty_zip(put: Put) -> None:
    assert only(put("a.zip", file_kit.zipped({}))).why == "There is no file in it."
    hidden = only(put("b.zip", file_kit.zipped({".a": b"x"})))
    assert hidden.why == "There is no file in it. 1 hidden or system file was left out."


def test_a_zip_inside_a_zip_is_refused_and_the_rest_read(put: Put) -> None:
    inner = file_kit.zipped({"a.json": file_kit.FHIR})
    found = open_all(put("a.zip", file_kit.zipped({"in.zip": inner, "b.json": file_kit.FHIR})))
    assert found[0].why.startswith("It is packed inside a zip.")
    assert (found[0].data, found[1].format) == (b"", Format.FHIR)
    packed = only(put("b.zip", file_kit.zipped({"a.json.gz": gzip.compress(file_kit.FHIR)})))
    assert packed.why.startswith("It is packed inside a zip.")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../evil.json", "evil.json"),
        ("/etc/evil.json", "etc/evil.json"),
        ("..\\..\\evil.json", "evil.json"),
        ("C:\\evil.json", "C:/evil.json"),
        ("a\x1b[31m\n.json", "a[31m.json"),
        ("..", "file"),
    ],
)
def test_a_name_that_climbs_out_is_only_a_name(put: Put, tmp_path: Path, name: str, shown: str) -> None:
    path = put("in/a.zip", file_kit.zipped({name: file_kit.FHIR}))
    one = only(path)
    assert one.path == f"{path}/{shown}"
    assert one.data == file_kit.FHIR
    assert [found for found in tmp_path.rglob("*") if found.is_file()] == [path]


def test_a_bomb_is_refused_by_its_ratio(put: Put) -> None:
    path = put("a.zip", file_kit.zipped({"bomb.csv": bytes(5_000_000), "a.json": file_kit.FHIR}))
    bomb, other = open_all(path)
    assert bomb.why.startswith("It is packed far tighter")
    assert other.format is Format.FHIR


def test_a_bomb_is_refused_by_what_it_unpacks_to(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacked, "MOST_BYTES", 10_000)
    members = {f"{number}.csv": os.urandom(4000) for number in range(3)}
    assert only(put("a.zip", file_kit.zipped(members))).why.startswith("It would unpack to more than")


def test_a_bomb_that_lies_about_its_size_stays_small(put: Put) -> None:
    """Sixty megabytes stated as ten bytes: not more than a piece is unpacked, and the sum is wrong."""
    data = bytearray(file_kit.zipped({"a.csv": bytes(60_000_000)}))
    struct.pack_into("<I", data, data.find(b"PK\x01\x02") + 24, 10)
    path = put("a.zip", bytes(data))
    tracemalloc.start()
    found = only(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.why == "It is damaged inside the zip. Download the zip again."
    assert most < 10_000_000


def test_files_that_share_their_bytes_count_each(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bomb whose many entries all point to one piece: what they state is added up."""
    monkeypatch.setattr(unpacked, "MOST_BYTES", 50_000)
    data = file_kit.zipped({"a.csv": os.urandom(1000)})
    begins, ends = data.find(b"PK\x01\x02"), data.find(b"PK\x05\x06")
    entry = data[begins:ends]
    end = bytearray(data[ends:])
    struct.pack_into("<HHI", end, 8, 100, 100, len(entry) * 100)
    assert only(put("a.zip", data[:begins] + entry * 100 + bytes(end))).why.startswith("It would unpack")


def test_a_zip_with_too_many_files_is_refused_quickly(put: Put) -> None:
    data = file_kit.zipped({"a.csv": b"1,2\n"})
    begins, ends = data.find(b"PK\x01\x02"), data.find(b"PK\x05\x06")
    path = put("a.zip", data[:begins] + data[begins:ends] * 20_001 + data[ends:])
    begun = time.perf_counter()
    assert only(path).why.startswith("It holds more than 20,000 files.")
    assert time.perf_counter() - begun < 3


def test_a_password_is_told(put: Put) -> None:
    found = only(put("a.zip", file_kit.encrypted(file_kit.zipped({"a.json": file_kit.FHIR}))))
    assert found.why.startswith("It is protected with a password.")
    assert found.path.endswith("a.zip/a.json")


def test_other_ways_of_packing_are_told(put: Put) -> None:
    data = file_kit.zipped({"a.json": file_kit.FHIR}, method=zipfile.ZIP_LZMA)
    assert only(put("a.zip", data)).why.startswith("It is packed in a way that is not read here.")


@pytest.mark.parametrize("cut", [5, 40, 100, -1, -10, -60])
def test_a_zip_that_was_cut_off(put: Put, cut: int) -> None:
    data = file_kit.zipped({"a.json": os.urandom(300)})
    found = only(put("a.zip", data[:cut]))
    assert found.why.startswith("It is damaged or was cut off.")


def test_a_damaged_member_stops_no_other(put: Put) -> None:
    data = bytearray(file_kit.zipped({"a.json": file_kit.FHIR * 3, "b.json": file_kit.FHIR}))
    data[45] ^= 0xFF
    bad, good = open_all(put("a.zip", bytes(data)))
    assert bad.why == "It is damaged inside the zip. Download the zip again."
    assert good.data == file_kit.FHIR


# gzip ----------------------------------------------------------------------------------------


def test_a_gzip_file(put: Put) -> None:
    lines = file_kit.FHIR + b"\n" + file_kit.FHIR
    packed = gzip.compress(file_kit.FHIR + b"\n") + gzip.compress(file_kit.FHIR)  # as bulk exports do
    path = put("eobs.ndjson.gz", packed)
    found = only(path)
    assert (found.path, found.name, found.format) == (str(path), "eobs.ndjson", Format.FHIR)
    assert (found.data, found.size) == (lines, len(packed))
    assert found.sha256 == hashlib.sha256(packed).hexdigest()


@pytest.mark.parametrize(
    ("inner", "says"),
    [
        (file_kit.zipped({"a.json": b"{}"}), "It is packed twice."),
        (gzip.compress(file_kit.FHIR), "It is packed twice."),
        (b"", "The file is empty."),
        (bytes(3_000_000), "It is packed far tighter"),
        (file_kit.PAGE, "It is a web page"),
    ],
    ids=["zip", "gzip", "empty", "tight", "page"],
)
def test_what_a_gzip_file_must_not_hold(put: Put, inner: bytes, says: str) -> None:
    found = only(put("a.gz", gzip.compress(inner)))
    assert found.why.startswith(says)
    assert found.data == b""


def test_a_gzip_file_that_is_cut_off_or_too_large(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    assert only(put("a.gz", gzip.compress(os.urandom(300))[:-20])).why.startswith("It is damaged")
    assert only(put("b.gz", b"\x1f\x8bnot really")).why.startswith("It is damaged")
    monkeypatch.setattr(unpacked, "MOST_BYTES", 1000)
    assert only(put("c.gz", gzip.compress(os.urandom(3000)))).why.startswith("It would unpack to more")
