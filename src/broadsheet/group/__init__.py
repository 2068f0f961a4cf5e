"""Which posts carry the same text, which tell of the same event, and the stories that they make."""

from broadsheet.group.compare import compare_posts as compare_posts
from broadsheet.group.join import join_stories as join_stories
from broadsheet.group.ledger.keep import keep_ledger as keep_ledger
from broadsheet.group.ledger.keep import keys_of as keys_of
from broadsheet.group.sketches.fingerprints import Fingerprints as Fingerprints
from broadsheet.group.sketches.pairs import Pair as Pair
from broadsheet.group.sketches.pairs import Pairs as Pairs
from broadsheet.group.sketches.pairs import find_pairs as find_pairs
from broadsheet.group.sketches.sketch import sketch_closely as sketch_closely
from broadsheet.group.sketches.sketch import sketch_posts as sketch_posts
