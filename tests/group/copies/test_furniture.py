from tests.group.samples import FLASH, OTHER

from broadsheet.group.copies.furniture import without_furniture
from broadsheet.group.copies.reading import Reading, read_each

HEAD = "每日简报。"
TAIL = "以上内容不构成投资建议，据此操作风险自负。更多消息请下载本刊客户端。"


def stripped(one: str, other: str) -> tuple[Reading, Reading]:
    first, second = read_each([one, other])
    return without_furniture(first, second)


def test_what_two_posts_begin_and_end_with_alike_is_taken_off() -> None:
    first, second = stripped(f"{HEAD}{FLASH}{TAIL}", f"{HEAD}{OTHER}{TAIL}")
    one, other = read_each([FLASH, OTHER])
    assert first.words.tolist() == one.words.tolist()
    assert second.words.tolist() == other.words.tolist()


def test_an_article_that_was_edited_in_one_place_stays_whole() -> None:
    edited = FLASH.replace("一成五", "两成")
    first, second = stripped(FLASH, edited)
    assert [len(first.words), len(second.words)] == [len(reading.words) for reading in read_each([FLASH, edited])]


def test_a_text_that_is_the_beginning_of_the_other_stays_whole() -> None:
    first, second = stripped(FLASH, f"{FLASH}\n{OTHER}")
    assert [len(first.words), len(second.words)] == [len(r.words) for r in read_each([FLASH, FLASH + OTHER])]
    assert len(stripped("", FLASH)[1].words) == len(read_each([FLASH])[0].words)
