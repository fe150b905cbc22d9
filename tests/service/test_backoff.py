from bot.service.backoff import Backoff


def test_first_start_and_first_restart_are_at_once_then_it_doubles() -> None:
    backoff = Backoff()
    assert [backoff.next_wait(0.0) for _ in range(9)] == [0, 0, 1, 2, 4, 8, 16, 30, 30]


def test_a_steady_run_is_forgiven() -> None:
    backoff = Backoff()
    waits = [backoff.next_wait(now) for now in (0, 1, 2, 3)]
    assert waits[-1] > 0
    assert backoff.next_wait(3 + waits[-1] + 31) == 0


def test_the_wait_itself_is_no_steady_run() -> None:
    backoff = Backoff()
    now = 0.0
    for _ in range(8):
        now += backoff.next_wait(now)
    assert backoff.next_wait(now) == 30
