"""What handlers are given besides what the request says: by these names, `house` and `visitor`."""

from litestar.di import NamedDependency

from broadsheet.web.access.doors import Visitor
from broadsheet.web.house.house import House

TheHouse = NamedDependency[House]
TheVisitor = NamedDependency[Visitor]
