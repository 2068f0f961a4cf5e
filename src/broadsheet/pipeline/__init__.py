"""The order of the stages: the only place that knows it.

Each module has one door of its own name: `update.update`, `build.build`, `rework.rework`, `subscribe.follow`,
`postfiles.import_posts` and `export_posts`, `examine.examine`, `preview.preview`. Nothing is re-exported here,
so that a poll that brings nothing new never waits for the parser, the cleaner or the templates to be imported.
"""
