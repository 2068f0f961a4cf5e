"""From a stranger's bytes to an image that is safe to keep: `copy_image`; smaller copies of one: `make_variants`."""

from broadsheet.imaging.copying import copy_image, make_variants
from broadsheet.imaging.magic import kind_of

__all__ = ["copy_image", "kind_of", "make_variants"]
