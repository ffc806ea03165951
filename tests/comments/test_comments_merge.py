"""Merging a fetch: nothing is lost without evidence, nothing the reader did is undone."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from comments.commentsfakes import NOW, said
from tui_news.comments.merge import Merge, merge
from tui_news.models import Block, Comment, Fetched

ALL = frozenset({"parent", "author", "created", "body"})


def got(*comments, coverage="complete", route="rest", total=None, knows=ALL, warnings=()):
    return Fetched(tuple(comments), coverage, route, len(comments) if total is None else total, knows, warnings)


def after(held, merged):
    """The thread as stored after a merge."""
    kept = {comment.id: comment for comment in held if comment.id not in merged.removed}
    return kept | {comment.id: comment for comment in merged.upserts}


def test_a_first_fetch_brings_everything_in_its_generation():
    merged = merge([], got(said("1"), said("2", "1")), gen=1, now=NOW)
    assert [(comment.id, comment.first_gen, comment.seen) for comment in merged.upserts] == [
        ("1", 1, False),
        ("2", 1, False),
    ]
    assert merged.removed == merged.warnings == ()


def test_what_did_not_change_is_not_written():
    held = [said("1", first_gen=1), said("2", "1", first_gen=1)]
    assert merge(held, got(said("1"), said("2", "1")), gen=2, now=NOW) == Merge()


def test_an_edit_keeps_fold_seen_and_generation_and_is_dated_now():
    held = [said("1", first_gen=1, seen=True, fold=True, text="Old words.")]
    (new,) = merge(held, got(said("1", text="Other words.")), gen=2, now=NOW).upserts
    assert (new.first_gen, new.seen, new.fold, new.edited) == (1, True, True, NOW)
    assert new.blocks == (Block("para", "Other words."),)


def test_a_source_that_dates_its_edits_is_believed():
    held = [said("1", text="Old words.")]
    (new,) = merge(held, got(said("1", text="Other words.", edited=77)), gen=2, now=NOW).upserts
    assert new.edited == 77


def test_quotes_spaces_and_emoji_do_not_make_an_edit():
    held = [said("1", first_gen=1, text="“Yes”,  he said 🦊")]
    (new,) = merge(held, got(said("1", text='"Yes", he said')), gen=2, now=NOW).upserts
    assert new.edited is None


def test_a_complete_fetch_proves_the_absent_gone():
    held = [said("1"), said("2"), said("3", "2")]
    merged = merge(held, got(said("1"), said("3", "2")), gen=2, now=NOW)
    (anchor,) = merged.upserts[-1:]
    assert (anchor.id, anchor.state, anchor.body, anchor.blocks) == ("2", "gone", "", ())
    assert merged.removed == ()
    held = list(after(held, merged).values())
    assert merge(held, got(said("1")), gen=3, now=NOW).removed == ("2", "3")


def test_a_window_proves_gone_only_what_is_newer_than_its_oldest():
    held = [said(str(n), created=n) for n in range(1, 7)]
    merged = merge(held, got(said("4", created=4), said("6", created=6), coverage="newest"), gen=2, now=NOW)
    assert merged.removed == ("5",)
    merged = merge(held, got(said("9", created=None), coverage="newest"), gen=2, now=NOW)
    assert merged.removed == ()
    held = [said("7", created=None)]
    assert merge(held, got(said("9", created=1), coverage="newest"), gen=2, now=NOW).removed == ()


def test_two_of_one_second_at_the_windows_edge_both_stay():
    held = [said("1", created=5), said("2", created=5)]
    assert merge(held, got(said("2", created=5), coverage="newest"), gen=2, now=NOW).removed == ()


def test_a_partial_fetch_proves_nothing():
    assert merge([said("1")], got(said("2"), coverage="partial"), gen=2, now=NOW).removed == ()


def test_emptiness_is_believed_only_with_a_counted_nothing():
    held = [said("1")]
    kept = merge(held, got(total=3), gen=2, now=NOW)
    assert kept.removed == ()
    assert kept.warnings == ("Nothing came where 1 comments are held; they were kept.",)
    assert merge(held, got(coverage="newest", total=0), gen=2, now=NOW).removed == ()
    assert merge(held, got(total=0), gen=2, now=NOW).removed == ("1",)


def test_pingbacks_are_not_missed_by_the_route_that_never_lists_them():
    held = [said("1", kind="pingback"), said("2")]
    assert merge(held, got(said("2")), gen=2, now=NOW).removed == ()
    assert merge(held, got(said("2"), route="algolia"), gen=2, now=NOW).removed == ("1",)


def test_a_route_that_cannot_know_a_field_never_overwrites_it():
    held = [said("1"), said("2", "1", author_id="7", role="op", url="https://a.example/", score=3, rank=1)]
    poor = said("2", None, author="Else", created=99, text="Else")
    assert merge(held, got(said("1"), poor, knows=frozenset()), gen=2, now=NOW).upserts == ()
    (new,) = merge(held, got(said("1"), poor, knows=ALL - {"parent"}), gen=2, now=NOW).upserts
    assert (new.parent, new.author, new.created, new.role, new.score) == ("1", "Else", 99, "op", 3)


def test_a_route_that_knows_the_tree_puts_a_reply_back_where_it_belongs():
    held = [said("1"), said("2", "1"), said("3", "1")]
    (new,) = merge(held, got(said("1"), said("2", "1"), said("3", "2")), gen=2, now=NOW).upserts
    assert (new.id, new.parent) == ("3", "2")


def test_empty_fields_fill_and_never_empty():
    held = [Comment("1", None, "", None), said("2")]
    bare = Comment("2", None, "", None)
    merged = merge(held, got(said("1", created=8), bare, knows=frozenset()), gen=2, now=NOW)
    (new,) = merged.upserts
    assert (new.author, new.created, new.body, new.edited) == ("a1", 8, "words of 1", None)


def test_a_deleted_comment_with_live_replies_stays_without_its_words():
    held = [said("1"), said("2", "1")]
    merged = merge(held, got(said("1", state="deleted"), said("2", "1")), gen=2, now=NOW)
    (anchor,) = merged.upserts
    assert (anchor.state, anchor.body, anchor.blocks) == ("deleted", "", ())
    merged = merge(held, got(said("1"), said("2", "1", state="deleted")), gen=2, now=NOW)
    assert merged.removed == ("2",)
    assert merge([], got(said("1", state="deleted")), gen=1, now=NOW).upserts == ()


def test_who_wants_to_keeps_the_words_of_what_went():
    held = [said("1", first_gen=1), said("2", first_gen=1, text="Alone.")]
    merged = merge(held, got(said("1", state="deleted", text="")), gen=2, now=NOW, keep_removed=True)
    left = after(held, merged)
    assert (left["1"].state, left["1"].blocks) == ("deleted", held[0].blocks)
    assert (left["2"].state, left["2"].blocks) == ("gone", held[1].blocks)
    assert merge(tuple(left.values()), got(said("1", state="deleted", text="")), gen=3, now=NOW).removed == ("1", "2")


def test_what_comes_back_is_live_again():
    held = [said("1", first_gen=1, state="gone", text=""), said("2", "1", first_gen=1)]
    held[0] = replace(held[0], body="", blocks=())
    (new,) = merge(held, got(said("1"), said("2", "1")), gen=3, now=NOW).upserts
    assert (new.state, new.first_gen, new.body, new.edited) == ("live", 1, "words of 1", None)


def test_twins_and_comments_that_name_themselves_are_put_right_and_told():
    merged = merge(
        [], got(said("1", "1"), said("1"), said("2", "3"), said("3", "2"), warnings=("Slow.",)), gen=1, now=NOW
    )
    assert [(comment.id, comment.parent) for comment in merged.upserts] == [("1", None), ("2", "3"), ("3", "2")]
    assert len(merged.warnings) == 4
    assert merged.warnings[0] == "Slow."


def test_a_pingback_is_told_by_the_route_that_sees_it():
    held = [said("1")]
    (new,) = merge(held, got(said("1", kind="pingback"), route="html"), gen=2, now=NOW).upserts
    assert new.kind == "pingback"
    assert merge([new], got(said("1"), route="rss"), gen=3, now=NOW).upserts == ()


some_ids = st.sampled_from([str(number) for number in range(10)])
comment_lists = st.lists(
    st.tuples(some_ids, st.none() | some_ids, st.none() | st.integers(1, 30), st.sampled_from(["live", "deleted"])),
    max_size=12,
).map(lambda rows: [said(key, parent, created, state=state) for key, parent, created, state in rows])
fetches = st.lists(
    st.tuples(
        comment_lists,
        st.sampled_from(["complete", "newest", "partial"]),
        st.sampled_from([ALL, ALL - {"parent"}, frozenset()]),
    ),
    max_size=5,
)


@settings(max_examples=150, deadline=None)
@given(fetches)
def test_no_sequence_of_fetches_loses_a_comment_without_evidence(sequence):
    held: dict[str, Comment] = {}
    for gen, (comments, coverage, knows) in enumerate(sequence, 1):
        fetched = got(*comments, coverage=coverage, knows=knows)
        merged = merge(list(held.values()), fetched, gen=gen, now=NOW)
        now_held = after(list(held.values()), merged)
        arrived = {comment.id: comment for comment in reversed(comments)}
        assert not set(merged.removed) & {comment.id for comment in merged.upserts}
        dates = [comment.created for comment in arrived.values() if comment.created is not None]
        for key, old in held.items():
            if old.state != "live" or (key in now_held and now_held[key].state == "live"):
                continue
            told_deleted = key in arrived and arrived[key].state == "deleted"
            counted = coverage == "complete" and key not in arrived
            newer = coverage == "newest" and key not in arrived and dates and (old.created or 0) > min(dates)
            assert told_deleted or counted or newer
        for key, comment in arrived.items():
            if comment.state == "live":
                assert now_held[key].state == "live"
                assert now_held[key].first_gen == (held[key].first_gen if key in held else gen)
        held = now_held


@settings(max_examples=60, deadline=None)
@given(comment_lists)
def test_the_same_fetch_twice_changes_nothing(comments):
    once = merge([], got(*comments), gen=1, now=NOW)
    again = merge(once.upserts, got(*comments), gen=2, now=NOW)
    assert (again.upserts, again.removed) == ((), ())
