"""What was inserted last is known at the next start, whatever somebody wrote into the file."""

from pathlib import Path

from vmgui.store.media import MediaStore


def test_it_outlives_the_program(tmp_path: Path) -> None:
    store = MediaStore(tmp_path)
    assert store.recent("h1") == ()
    for path in ("/a.iso", "/b \" ' ñ.iso", "/a.iso"):
        store.remember("h1", path)
    store.remember("h2", "/c.iso")
    store.close()
    again = MediaStore(tmp_path)
    assert again.recent("h1") == ("/a.iso", "/b \" ' ñ.iso")
    assert again.recent("h2") == ("/c.iso",)
    again.close()


def test_nonsense_is_left_out(tmp_path: Path) -> None:
    for text in ("recent = 3", "[recent]\nh1 = 'x'\nh2 = ['/a.iso', 4]"):
        (tmp_path / "media.toml").write_text(f"version = 1\n{text}\n")
        store = MediaStore(tmp_path)
        assert store.recent("h1") == ()
        assert store.recent("h2") == (("/a.iso",) if "h2" in text else ())
        store.close()
