"""Posts to group, in few words."""

from datetime import UTC, datetime, timedelta

from broadsheet.model import PostText

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
FLASH = (
    "海川科技盘前直线跳水\n新闻社三月二十二日讯，海川科技盘前直线跳水，跌幅接近一成五。"
    "主管部门就电子产品监管公开征求意见，拟参照同类商品管理。公司没有立即回应记者的提问。"
)
OTHER = (
    "山城地铁四号线今日通车\n山城轨道交通四号线今天上午正式通车，全线设有二十一座车站。"
    "首日客流预计超过三十万人次，沿线公交同步调整。市民可以凭公交卡换乘，一小时内免费。"
)


def post(name: str, text: str, feed: str = "", hours: float = 0) -> PostText:
    """A post of a feed of its own, unless told otherwise."""
    return PostText(
        post_id=name,
        feed_id=feed or f"feed of {name}",
        published=NOON + timedelta(hours=hours),
        language=None,
        title=text.partition("\n")[0],
        text=text,
    )
