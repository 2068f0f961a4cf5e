"""An entry alone stands in the tags that stood around it."""

from lxml.etree import fromstring

from broadsheet.parse.formats.envelope import envelope, original


def test_what_stands_around_an_entry_is_kept() -> None:
    root = fromstring(
        '<rss version="2.0" xmlns:x="urn:x" x:a="&lt;&quot;"><channel xml:lang="zh"><title>T</title>'
        "<item>a</item>tail</channel></rss>"
    )
    channel = root[0]
    before, after = envelope(channel, None)
    assert original(channel[1], before, after) == (
        b'<rss xmlns:x="urn:x" version="2.0" x:a="&lt;&quot;"><channel xmlns:x="urn:x" xml:lang="zh">'
        b'<item xmlns:x="urn:x">a</item></channel></rss>'
    )


def test_the_language_is_kept_where_it_stood() -> None:
    inside = fromstring("<rss><channel><language>zh &amp; en</language><item/></channel></rss>")[0]
    assert envelope(inside, inside[0])[0] == b"<rss><channel><language>zh &amp; en</language>"
    beside = fromstring("<rdf><channel><language/></channel><item/></rdf>")
    assert envelope(beside, beside[0][0])[0] == b"<rdf><channel><language></language></channel>"


def test_prefixes_of_elements_are_kept() -> None:
    root = fromstring('<a:rss xmlns:a="urn:a"><a:item/></a:rss>')
    before, after = envelope(root, None)
    assert original(root[0], before, after) == b'<a:rss xmlns:a="urn:a"><a:item xmlns:a="urn:a"/></a:rss>'


def test_the_language_of_a_channel_holds_for_entries_deeper_in_it() -> None:
    items = fromstring("<rss><channel><language>zh</language><items><item/></items></channel></rss>")[0][1]
    channel = items.getparent()
    assert channel is not None
    assert envelope(items, channel[0])[0] == b"<rss><channel><language>zh</language><items>"
