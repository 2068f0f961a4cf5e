"""The pages of the site, a module for each kind and for what several kinds show."""
