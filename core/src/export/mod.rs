//! The only code that knows the JSON of the export endpoint.
