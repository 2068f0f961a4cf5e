"""The formats that come in, and those that go out again."""
