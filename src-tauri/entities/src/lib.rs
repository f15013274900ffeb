//! An article becomes mentions, dates, amounts and posts. Pure; its lexicons are data files.
