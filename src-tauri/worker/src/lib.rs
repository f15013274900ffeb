//! The process in which dropped files are decoded: framed messages, memory limit, warm pool, cancel by kill.
