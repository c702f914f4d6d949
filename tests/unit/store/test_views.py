"""Saved views outlive the program and a person's own edits."""

from pathlib import Path

from vmgui.model.view import Grouping, LastView, SavedView, Sort
from vmgui.store.views import ViewStore

VIEW = SavedView("Shop ñ", "tag:web state:running", Grouping.TAG, Sort.MEMORY)


def test_views_and_how_it_was_left_are_there_again(tmp_path: Path) -> None:
    store = ViewStore(tmp_path)
    store.save(SavedView("Other"))
    store.save(VIEW)
    store.remove("Other")
    store.remove("Unknown")
    store.set_last(LastView(Grouping.STATE, Sort.STATE, frozenset({"state:off"})))
    store.close()
    again = ViewStore(tmp_path)
    assert again.views == (VIEW,)
    assert again.last == LastView(Grouping.STATE, Sort.STATE, frozenset({"state:off"}))
    again.close()


def test_what_is_wrong_in_the_file_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "views.toml").write_text(
        'last = 3\n[[view]]\nname = "a"\ngrouping = "moon"\n[[view]]\nfilter = "x"\n[[view]]\nname = 7\n'
    )
    store = ViewStore(tmp_path)
    assert store.views == (SavedView("a"),)
    assert store.last == LastView()
    store.save(VIEW)
    store.close()
    assert ViewStore(tmp_path).views == (SavedView("a"), VIEW)
