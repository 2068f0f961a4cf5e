"""From a stranger's bytes to an image that is safe to keep: `copy_image`; what kind bytes are: `kind_of`."""

from broadsheet.imaging.copying import copy_image
from broadsheet.imaging.magic import kind_of

__all__ = ["copy_image", "kind_of"]
