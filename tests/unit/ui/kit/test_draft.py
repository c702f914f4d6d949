from vmgui.ui.kit.draft import DraftPlace, Drafts


def test_a_draft_is_kept_for_its_place_and_key_alone() -> None:
    drafts: Drafts[dict[str, int]] = Drafts()
    drafts.keep("resources", "web", {"vcpus": 2})

    assert drafts.get("resources", "web") == {"vcpus": 2}
    assert drafts.get("resources", "mail") is None
    assert drafts.get("network", "web") is None


def test_newer_answers_replace_older_ones() -> None:
    drafts: Drafts[str] = Drafts()
    drafts.keep("notes", "web", "old")
    drafts.keep("notes", "web", "new")

    assert drafts.get("notes", "web") == "new"
    assert drafts.keys("notes") == ("web",)


def test_what_is_forgotten_is_gone_and_may_be_forgotten_again() -> None:
    drafts: Drafts[str] = Drafts()
    drafts.keep("notes", "web", "words")
    drafts.keep("notes", "mail", "others")

    drafts.forget("notes", "web")
    drafts.forget("notes", "web")

    assert drafts.get("notes", "web") is None
    assert drafts.keys("notes") == ("mail",)


def test_empty_answers_are_a_draft_too() -> None:
    drafts: Drafts[str] = Drafts()
    told: list[DraftPlace] = []
    drafts.keep("notes", "web", "")
    drafts.changes.subscribe(told.append)

    assert drafts.get("notes", "web") == ""
    drafts.forget("notes", "web")
    assert told == [DraftPlace("notes", "web")]
    assert drafts.keys("notes") == ()


def test_subscribers_hear_of_each_difference_and_of_nothing_else() -> None:
    drafts: Drafts[str] = Drafts()
    told: list[DraftPlace] = []
    drafts.changes.subscribe(told.append)

    drafts.keep("notes", "web", "words")
    drafts.keep("notes", "web", "words")
    drafts.keep("notes", "web", "more words")
    drafts.forget("notes", "web")
    drafts.forget("notes", "web")

    assert told == [DraftPlace("notes", "web")] * 3
