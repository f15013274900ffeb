//! What a host calls: commands declared once, jobs, events, errors. Knows no window and no terminal.
