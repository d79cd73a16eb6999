//! Labelscope.
