"""Each repair mends its own damage, outside CDATA sections, and leaves a sound text alone."""

import time

import pytest

from broadsheet.parse.repairs.mend import REPAIRS, clean_references, numeric_references, quoted_attributes

SOUND = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:a="urn:a"><channel>'
    '<item><title>a &amp; &lt;b&gt; &#20013;</title><a:b c=">" d=\'"\'/><link>https://a.example/?a=1&amp;b=2</link>'
    "<description><![CDATA[&nbsp; & <br> <a b=c>]]></description></item></channel></rss>"
)


@pytest.mark.parametrize("name", [name for name, _ in REPAIRS])
def test_a_sound_text_stays_as_it_is(name: str) -> None:
    assert dict(REPAIRS)[name](SOUND) == SOUND


@pytest.mark.parametrize(
    ("name", "text", "mended"),
    [
        ("leading-junk", "Warning: x\n<rss>", "<rss>"),
        ("leading-junk", "\ufeff <?xml version='1.0'?><rss>", "<?xml version='1.0'?><rss>"),
        ("leading-junk", "\n<entry><source><feed ></source>", "\n<entry><source><feed ></source>"),
        ("xml-declaration", "<?xml encoding=utf-8 ?>\n<rss>", "<rss>"),
        ("control-characters", "a\x00\x0bb\ufffe", "ab"),
        ("impossible-references", "&#0;a&#x1F;&#X41;&#1114112;", "a&#65;"),
        ("c1-characters", "it\x92s &#146;", "it’s ’"),
        ("named-entities", "&nbsp;&eacute;&amp;&AMP;&nosuch;", "\xa0é&amp;&amp;&nosuch;"),
        ("bare-ampersand", "a & b &amp; &c; ?a=1&b=2 &#x;", "a &amp; b &amp; &amp;c; ?a=1&amp;b=2 &amp;#x;"),
        ("bare-less-than", "a < b <3 </ c", "a &lt; b &lt;3 &lt;/ c"),
        ("attributes", "<a b=c d='1' d='2'>", "<a b=\"c\" d='1'>"),
        ("attributes", '<a b="c>', '<a b="c">'),
        (
            "undeclared-prefixes",
            "<rss><dc:a/></rss>",
            '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:a/></rss>',
        ),
        (
            "undeclared-prefixes",
            '<rss xmlns:ab="b"><a:c/></rss>',
            '<rss xmlns:a="urn:undeclared:a" xmlns:ab="b"><a:c/></rss>',
        ),
        ("namespaces", "<rss xmlns:dc='no {uri}'>", '<rss xmlns:dc="http://purl.org/dc/elements/1.1/">'),
        ("namespaces", '<rss xmlns="http://[" xmlns:a="">', '<rss xmlns="" xmlns:a="urn:undeclared:a">'),
        ("namespaces", '<rss xmlns="a&lt;b">', '<rss xmlns="">'),
        ("namespaces", '<rss xmlns="a>b" xmlns:é="">', '<rss xmlns="" xmlns:é="urn:undeclared:%C3%A9">'),
        ("trailing-junk", "<rss></rss><!-- 3 ms --> bye", "<rss></rss>"),
        ("trailing-junk", "<rdf:RDF><channel></channel><item>a", "<rdf:RDF><channel></channel><item>a"),
        ("truncated", "<item><title>a</title><link>http", "<item><title>a</title>"),
    ],
)
def test_a_repair_mends_its_damage(name: str, text: str, mended: str) -> None:
    assert dict(REPAIRS)[name](text) == mended


def test_every_reference_is_one_that_xml_knows() -> None:
    assert clean_references("a") == "a"
    assert clean_references("a & &nbsp; &lt; &#0; &x;") == "a &amp; \xa0 &lt;  &amp;x;"


def test_xmls_own_entities_are_written_as_numbers_outside_cdata() -> None:
    text = "?a=1&amp;b &lt;p&gt; &quot;&apos; &#20013; <![CDATA[&amp;]]>"
    assert numeric_references(text) == "?a=1&#38;b &#60;p&#62; &#34;&#39; &#20013; <![CDATA[&amp;]]>"


def test_attributes_are_written_once_quoted_and_only_under_names_that_can_be() -> None:
    assert quoted_attributes(" a=1 a=2 b:c='<&' d:e:f=3 checked /") == " a=\"1\" b:c='&lt;&amp;'"


def test_white_space_behind_a_less_than_is_read_once() -> None:
    mend = dict(REPAIRS)["bare-less-than"]
    started = time.process_time()
    assert mend("<" + " " * 100_000) == "&lt;" + " " * 100_000
    assert mend("< item ></ item><  x") == "<item ></item>&lt;  x"
    assert time.process_time() - started < 1
