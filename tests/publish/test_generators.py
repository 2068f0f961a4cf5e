"""Post files in the hands of the real generators: nothing in them runs, nothing breaks, and the text is there."""

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import pytest
from msgspec import structs
from tests.publish.test_postfiles import HOSTILE, HOSTILE_TITLES, feed, post

from broadsheet.clean import sanitise, visible_text
from broadsheet.model import Post
from broadsheet.publish.postfiles import render_postfile, write_postfiles

Build = Callable[[Path, str], Path]

ROOT = Path(__file__).parents[2]
HEXO = ROOT / ".tools" / "hexo"
PRODUCT = "42127091"
"""6007 * 7013: stands in no post, and on a page only where one was run."""

SECRET = "secret-of-the-machine"
RUN = "6007*7013"
PAYLOADS = (
    f"{{{{ {RUN} }}}}",
    f"{{{{{RUN}}}}} {{{{{{ {RUN} }}}}}} {{{{{{{{{RUN}}}}}}}}}",
    "{{ 6007 | times: 7013 }} {{ mul 6007 7013 }} {{- mul 6007 7013 -}}",
    'range.constructor: {{ range.constructor("return 6007*7013")() }}',
    "{{ range.constructor(\"require('fs').writeFileSync('pwned', '1')\")() }}",
    "{{ ''.constructor.constructor('return process.mainModule.require(`fs`).writeFileSync(`../pwned`,`1`)')() }}",
    "{% set x = 6007*7013 %}{{ x }}",
    "{% assign x = 6007 | times: 7013 %}{{ x }}",
    "{% capture x %}a{% endcapture %}{{ site.config }} {{ site.source }}",
    "{% include_relative secret.txt %} {% include secret.txt %} {% include_code secret.txt %}",
    "{% asset_img x %} {% post_link x %} {% youtube x %} {% gist x %} {% codeblock %}x{% endcodeblock %}",
    "{% foo %} {% endraw %} {% endif %} {% for %} {% raw %}",
    f"{{% raw %}}{{{{ {RUN} }}}}{{% endraw %}} {{% endraw %}}{{{{ {RUN} }}}}{{% raw %}}",
    "{# hidden #} {#- hidden -#} {# never closed",
    "{{ never closed",
    "{% never closed",
    '{{< figure src="x" >}} {{% ref "x" %}} {{</* x */>}} {{< readfile "secret.txt" >}} {{< /x >}}',
    "{{< never closed",
    "<% 6007*7013 %> <%= 6007*7013 %> <%- 6007*7013 %> #{6007*7013} ${6007*7013} #set($x = 6007*7013)",
    "{: .class} {:toc} {::options parse_block_html='true' /} {::nomarkdown}",
    "[toc] [[_TOC_]] [^1] [^1]: note :smile: $$6007*7013$$ \\(6007*7013\\)",
    "```js\nhidden()\n```",
    "~~~ruby\n`touch pwned`\n~~~",
    "````\n```\nnested\n```\n````",
    "---js\n({title: require('fs').writeFileSync('pwned', '1')})\n---",
    "---\nlayout: null\npermalink: /../../pwned.html\n---",
    '+++\ntitle = \'x\'\n+++ ;;; {"title": "x"} ;;;',
    "<!-- more --> <!--more--> <!-- excerpt --> <!--swig\ufffc0--> <!--code\ufffc1-->",
    "{{ `a` | safeHTML }} {{ printf `%d` (mul 6007 7013) }} {{ readFile `secret.txt` }} {{ site.Params }}",
    "{{ content }} {{ page.content }} {{ layout.content }} {{ self }} {{ super() }} {% block x %}{% endblock %}",
    "{%- liquid\nassign x = 6007 | times: 7013\necho x -%}",
    "&#123;&#123; 6007*7013 }} &lbrace;&lbrace; 6007*7013 }}",
    "HAHAHUGOSHORTCODE-0 HAHAHUGOSHORTCODE0s0HBHB HUGOSHORTCODE",
    "    four spaces\n\n\tand a tab\n\n\n# no heading\n\n* no list\n\n1. none",
)
SHAPES = (
    "<p>{0}</p>",
    "<pre><code>{0}</code></pre>",
    '<p><a href="https://example.org/?q={1}">{0}</a> <img src="https://example.org/{1}.png" alt="{1}"></p>',
    "<blockquote><ul><li>{0}</li></ul></blockquote><table><tr><td>{0}</td></tr></table>",
)


def hostile_posts() -> list[Post]:
    """One post for each payload in each shape, and for each hostile body of the unit tests, under hostile titles."""
    bodies = [shape.format(escape(text, quote=False), escape(text)) for text in PAYLOADS for shape in SHAPES]
    titles = (*HOSTILE_TITLES, *PAYLOADS)
    return [
        post(
            id=f"20240203-{at:010x}",
            title=f"{titles[at % len(titles)]} t{at}t",
            html=sanitise(f"{body}<p>m{at}m</p>"),
        )
        for at, body in enumerate([*bodies, *HOSTILE])
    ]


def run(folder: Path, *command: str | Path, **environment: str) -> None:
    told = {key: value for key, value in os.environ.items() if not key.startswith(("RUBY", "NODE", "GEM", "BUNDLE"))}
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=180, check=False, env={**told, **environment}
    )
    assert done.returncode == 0, (done.stderr + done.stdout)[-4000:]


def put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def build_hugo(folder: Path, form: str) -> Path:
    settings = 'baseURL = "https://example.org/"\ntitle = "t"\n[markup.goldmark.renderer]\nunsafe = true\n'
    for name in ("hugo.toml", "config.toml"):
        put(folder / name, settings)
    put(
        folder / "layouts/_default/single.html",
        "<title>{{ .Title }}</title><article>{{ .Content }}</article>{{ .Summary }}",
    )
    run(folder, "hugo", "--quiet")
    return folder / "public"


def build_jekyll(folder: Path, form: str) -> Path:
    put(folder / "_config.yml", "title: t\nfuture: true\nexclude: [secret.txt]\n")
    layout = "<title>{{ page.title | escape }}</title><article>{{ content }}</article>{{ page.excerpt }}"
    put(folder / "_layouts/post.html", layout)
    run(folder, "jekyll", "build", "--quiet", "--disable-disk-cache", LANG="C.UTF-8", LC_ALL="C.UTF-8")
    return folder / "_site"


def build_hexo(folder: Path, form: str) -> Path:
    modules = HEXO / "node_modules"
    (folder / "node_modules").symlink_to(modules)
    needed = json.loads((HEXO / "package.json").read_text("utf-8"))["dependencies"]
    put(folder / "package.json", json.dumps({"name": "s", "private": True, "hexo": {}, "dependencies": needed}))
    put(folder / "_config.yml", "title: t\nurl: https://example.org\npermalink: p/:id/\ntheme: t\ntimezone: UTC\n")
    layout = (
        "<title><%= page.title %></title><article><%- page.content %></article><i><%= page.date.toISOString() %></i>"
    )
    put(folder / "themes/t/layout/index.ejs", layout)
    run(folder, "node", modules / "hexo/bin/hexo", "generate", "--bail", TZ="UTC")
    return folder / "public"


BUILDERS: dict[str, tuple[Build, str]] = {
    "hugo": (build_hugo, "content/posts"),
    "jekyll": (build_jekyll, "_posts"),
    "hexo": (build_hexo, "source/_posts"),
}
EACH = [pytest.param(name, marks=pytest.mark.needs(name)) for name in BUILDERS]


def built(tmp_path: Path, generator: str, form: str, posts: list[Post]) -> list[str]:
    """Build a site of posts; its pages, each as text."""
    build, where = BUILDERS[generator]
    site = tmp_path / "outer" / "site"
    write_postfiles((render_postfile(made, feed(), None, form) for made in posts), site / where)
    for place in (site, site / where, site / "_includes", site.parent):
        put(place / "secret.txt", SECRET)
    before = {file for file in tmp_path.rglob("*") if not file.is_relative_to(site)}
    public = build(site, form)
    assert {file for file in tmp_path.rglob("*") if not file.is_relative_to(site)} == before
    assert not list(tmp_path.rglob("*pwned*"))
    return [file.read_text("utf-8") for file in sorted(public.rglob("*.html"))]


def articles(pages: list[str]) -> Iterator[tuple[int, str]]:
    for page in pages:
        body = re.search(r"<article>(.*)</article>", page, re.DOTALL)
        marker = re.search(r"\bm(\d+)m\b", page)
        if body and marker:
            yield int(marker[1]), body[1]


def words(html: str) -> list[str]:
    return visible_text(sanitise(html)).split()


@pytest.mark.parametrize("generator", EACH)
def test_a_generator_builds_hostile_posts_and_runs_nothing_in_them(tmp_path: Path, generator: str) -> None:
    posts = hostile_posts()
    pages = built(tmp_path, generator, generator, posts)
    assert not [page for page in pages if PRODUCT in page or SECRET in page]
    found = dict(articles(pages))
    assert len(found) == len(posts)
    wrong = {
        at: (words(found[at]), words(made.html))
        for at, made in enumerate(posts)
        if words(found[at]) != words(made.html)
    }
    assert wrong == {}
    assert len([page for page in pages if re.search(r"<title>[^<]* t\d+t</title>", page)]) == len(posts)


@pytest.mark.parametrize(
    ("generator", "code"),
    [
        pytest.param("hexo", "{{ 6007*7013 }}", marks=pytest.mark.needs("hexo")),
        pytest.param("jekyll", "{{ 6007 | times: 7013 }}", marks=pytest.mark.needs("jekyll")),
    ],
)
def test_the_same_code_runs_where_nobody_takes_care(tmp_path: Path, generator: str, code: str) -> None:
    build, where = BUILDERS[generator]
    put(
        tmp_path / where / "2024-02-03-a.html", f"---\nlayout: post\ntitle: x\ndate: 2024-02-03\n---\n<p>{code}</p>\n"
    )
    public = build(tmp_path, generator)
    assert any(PRODUCT in file.read_text("utf-8") for file in public.rglob("*.html"))


@pytest.mark.parametrize("generator", EACH)
def test_even_markdown_for_people_runs_nothing_in_a_generator(tmp_path: Path, generator: str) -> None:
    dated = [structs.replace(made, id=f"2024-02-03-{at}") for at, made in enumerate(hostile_posts())]
    pages = built(tmp_path, generator, "markdown", dated)
    assert not [page for page in pages if PRODUCT in page or SECRET in page]
    assert all(any(f"m{at}m" in page for page in pages) for at in range(len(dated)))


@pytest.mark.needs("hexo")
def test_hexo_keeps_the_moment_of_a_post(tmp_path: Path) -> None:
    (page,) = built(tmp_path, "hexo", "hexo", [post()])
    assert "<i>2024-02-03T04:05:06.000Z</i>" in page
