//! Pure functions over the domain.
