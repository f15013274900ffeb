//! The only crate that knows SQLite: schema, ops with persisted undo, queries, originals, checks.
