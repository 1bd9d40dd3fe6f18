"""Times as they are ordered and shown."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from index.records import Entry
from index.times import entry_moment, time_key, time_label

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"published": datetime(2023, 6, 28, 15, 33, tzinfo=LONDON), "zone": "BST"}, "15:33 BST, 28 June 2023"),
        ({"published": datetime(2023, 6, 28, 15, 33, tzinfo=LONDON)}, "15:33 BST, 28 June 2023"),
        ({"published": datetime(2022, 6, 25, 14, 46)}, "14:46 (time zone not stated), 25 June 2022"),
        ({"published": datetime(2022, 6, 25, 14, 46), "zone": "EST"}, "14:46 EST, 25 June 2022"),
        ({"clock": time(9, 5)}, "09:05 (date and time zone not stated)"),
        ({}, "time not stated"),
    ],
)
def test_a_label_says_what_is_known_of_a_time(fields, label):
    assert time_label(Entry("e", "p", 0, **fields)) == label


def test_aware_times_are_ordered_by_their_instant():
    summer = datetime(2023, 6, 28, 15, 0, tzinfo=LONDON)
    assert time_key(summer) == time_key(datetime(2023, 6, 28, 14, 0, tzinfo=UTC)) == 1687960800.0


def test_floating_times_are_ordered_by_their_clock():
    assert time_key(datetime(1970, 1, 1, 0, 1)) == 60.0


def test_a_clock_without_a_date_has_a_place_in_its_day():
    assert entry_moment(Entry("e", "p", 0, clock=time(0, 1))) == datetime(1970, 1, 1, 0, 1)
    assert entry_moment(Entry("e", "p", 0)) is None
