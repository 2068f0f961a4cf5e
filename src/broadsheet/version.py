"""The version of this installation; the build reads it from here, because asking the package metadata costs 15 ms."""

VERSION = "0.1.0"
