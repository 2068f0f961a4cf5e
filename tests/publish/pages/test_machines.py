"""What was found, for machines."""

import json
import re
from collections.abc import Callable

from tests.publish.found import with_findings

from broadsheet.model import Edition, Paper
from broadsheet.publish import load_theme, render_site


def test_a_review_stands_for_each_check_that_came_to_a_verdict(sample: Callable[..., Edition]) -> None:
    made = with_findings(sample(paper=Paper(title="Paper", language="en")))
    site = {page.path: page for page in render_site(made, load_theme(made.paper))}
    page = site[f"s/{made.stories[0].id}/index.html"].render().decode()
    story, reviews = (
        json.loads(found) for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    )
    assert [about["tickerSymbol"] for about in story["about"]] == [["1958.HK"], ["1810.HK"]]
    assert [one["@type"] for one in reviews["@graph"]] == ["ClaimReview", "ClaimReview"]
    assert [one["reviewRating"]["alternateName"] for one in reviews["@graph"]] == ["matches", "does not match"]
    assert reviews["@graph"][0]["claimReviewed"] == "Beijing Motor rose 25%"
