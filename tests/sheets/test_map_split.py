"""Where a map that is too large for its page is cut."""

from types import SimpleNamespace

from cxkit.sheets.map_split import Split, lane_groups, splits

PAPER = SimpleNamespace(stages=6, body=100)


def test_lanes_are_grouped_on_the_fewest_pages_as_equal_as_can_be():
    assert lane_groups([30, 30, 30], 100, 100) == (0,)
    # 140 in all: 70 + 70 rather than 90 + 50
    assert lane_groups([40, 30, 20, 50], 100, 100) == (0, 2)
    # the first page holds its head, too
    assert lane_groups([30, 30, 30], 40, 100) == (0, 1)
    assert lane_groups([60, 60, 60], 100, 100) == (0, 1, 2)


def test_a_lane_taller_than_a_page_has_no_group():
    assert lane_groups([30, 130], 100, 100) == ()


def test_whole_columns_come_before_cut_ones_and_few_pages_before_many():
    asked = []

    def measured(parts):
        asked.append(parts)
        # two runs: 150 high, so two groups each (4 pages); three runs hold whole (3 pages)
        return 0.0, 0.0, {2: [75.0, 75.0], 3: [45.0, 45.0]}[parts]

    tried = splits(12, PAPER, measured)
    assert next(tried) == Split(2)
    assert asked == []
    assert [next(tried), next(tried)] == [Split(3), Split(2, (1,))]
    # four runs would take at least four pages: never measured
    assert asked == [2, 3]


def test_the_last_resort_is_a_page_for_each_lane_of_each_stage():
    tried = list(splits(2, PAPER, lambda parts: (0.0, 0.0, [200.0, 50.0])))
    assert tried == [Split(1), Split(2, (1,))]
    assert tried[-1].pages == 4
