"""The screening engine: packages are data, and these pure functions ask, judge and recommend by them."""
