"""What is new is passed on as it is only where it follows upon what has been seen."""

from connectors.website.messages import Snapshot, with_bot
from connectors.website.notifier import Listener


def added(*seqs: int) -> Snapshot:
    return with_bot(False, [{"seq": seq} for seq in seqs], 0)


def listening(seen: int) -> Listener:
    listener = Listener(frames=True)
    assert listener.news() is None  # whatever there is when one begins
    listener.seen = seen
    return listener


def test_what_follows_is_passed_on_in_order() -> None:
    listener, news = listening(4), [added(5), added(6, 7)]
    for snapshot in news:
        listener.wake(snapshot)
    assert listener.news() == news
    assert listener.news() == []


def test_where_something_is_missing_or_comes_out_of_order_one_has_to_look() -> None:
    for news in ([added(6)], [added(5), added(7)], [added(6), added(5)], [added(4)]):
        listener = listening(4)
        for snapshot in news:
            listener.wake(snapshot)
        assert listener.news() is None


def test_a_change_that_is_no_message_makes_one_look_and_forget_what_was_told() -> None:
    listener = listening(4)
    listener.wake(added(5))
    listener.wake()
    listener.wake(added(6))
    assert listener.news() is None and listener.news() == []
