//! HTTP of leads, one resource a file: HTML and JSON of the same resource side by side.
