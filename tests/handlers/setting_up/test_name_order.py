"""Names stand in the order of a Vietnamese list, whatever the database's collation is."""

from __future__ import annotations

import random
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from handlers.setting_up.name_order import LONGEST, sort_key
from storage.database import Database
from storage.records.options import options, set_option

IN_ORDER = [
    "Lê Thị An",
    "Nguyễn Văn An",
    "Nguyễn Văn Ân",
    "Bùi Hữu Ba",
    "Bùi Hữu Bà",
    "Bùi Hữu Bả",
    "Bùi Hữu Bã",
    "Bùi Hữu Bá",
    "Bùi Hữu Bạ",
    "Bùi Hữu Bác",
    "Trần Văn Bình",
    "Trần Văn Châu",
    "Trần Văn Dũng",
    "Trần Văn Đào",
    "Trần Văn Đức",
    "Phan Thị Em",
    "Phan Thị Én",
    "Phan Thị Ê",
    "Mai Văn Giang",
    "Vũ Thị Lan",
    "Phạm Quang Minh",
    "Trần Thị Nga",
    "Lê Thị Oanh",
    "Lê Thị Ổn",
    "Lê Thị Ơn",
    "Đỗ Anh Tú",
    "Đỗ Anh Tư",
    "Đỗ Anh Tứ",
    "Ông Thế Vinh",
    "Tống Thị Xuân",
    "Hồ Thị Ý",
    "Hồ Thị Yên",
]


def test_the_alphabet_decides_before_the_tone_and_the_given_name_before_the_family() -> None:
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=sort_key) == IN_ORDER


async def test_every_database_sorts_the_keys_alike(database: Database, now: datetime) -> None:
    keys = [sort_key(name) for name in reversed(IN_ORDER)]

    def work(tx: Connection, now: datetime) -> list[str]:
        for key in keys:
            set_option(tx, key, 1)
        return list(tx.execute(select(options.c.name).order_by(options.c.name)).scalars())

    assert await database.run(work, now) == sorted(keys)


def test_spelling_of_the_same_letters_makes_no_difference() -> None:
    assert sort_key("Trần Thị Nga") == sort_key("Trần Thị Nga") == sort_key("TRẦN  THỊ NGA")


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ ẤỆỢ-'", max_size=120))
def test_a_key_is_plain_and_fits_its_column(name: str) -> None:
    key = sort_key(name)
    assert len(key) <= LONGEST
    assert key.isascii()
    assert key == key.lower()
